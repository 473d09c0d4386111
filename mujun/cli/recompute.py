"""From the data of a bundle to its lists once more, by the rules that lie in it; and to the root of all units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mujun.cli.bundle import official_places
from mujun.cli.run import find_data
from mujun.documents.published import collect_list
from mujun.engine import Evaluation, evaluate
from mujun.engine.printed import printed_units
from mujun.engine.unit_records import unit_records
from mujun.findings import CannotGoOn
from mujun.intake import read_adopted, read_dataset
from mujun.intake.sealed_cells import cells_of
from mujun.law import load_law
from mujun.proof.offline.account import Account
from mujun.proof.offline.checkpoint import CHECKPOINT
from mujun.proof.offline.hashes import read_canonical
from mujun.proof.published_list import list_record
from mujun.proof.units import seal_units
from mujun.proof.verify import Verified, told
from mujun.scheme import load_scheme
from mujun.scheme.publication import Publication, load_publication
from mujun.store import open_sealed


def recompute_lists(
    files: Mapping[str, bytes],
    rules: Path,
    data: Path | None,
    secret: bytes | None,
    seals: Sequence[Path] = (),
    tell: Callable[[str], None] = lambda what: None,
) -> Verified:
    """Every list for which there is data. The bundle's files were verified before; `rules` is where its rules lie."""
    account = Account()
    checkpoint = read_canonical(files[CHECKPOINT])
    opened = {one.manifest["scheme"].rpartition("/")[2]: one for one in map(open_sealed, seals)}
    if data is None and not opened:
        account.cannot("没有评价数据，没有从数据重算；有数据的请加 --data 文件夹。")
        return told(account)
    try:
        law = load_law(rules / "instruments")
        round_name = next(rules.glob("*/publication.yaml")).parent.name
        publication = load_publication(round_name, law, rules)
    except (CannotGoOn, StopIteration):
        account.cannot("这一包里的规则不全，没有从数据重算。")
        return told(account)
    for mark in checkpoint["lists"]:
        tell(f"{mark['title']} 重算")
        sealed = opened.get(mark["id"])
        file = sealed.data if sealed is not None else _brought(data, mark["id"])
        if file is None:
            account.cannot(f"没有{mark['title']}的数据，没有重算。")
            continue
        listed = read_canonical(files[f"lists/{mark['id']}/list.json"])
        try:
            scheme = load_scheme(rules / round_name / "schemes" / f"{mark['id']}.yaml", law)
            reading = read_dataset(file, scheme)
            before, adopted = _brought(data, f"previous/{mark['id']}"), _brought(data, f"{mark['id']}.adopted")
            evaluation = evaluate(
                scheme,
                reading.dataset,
                previous=None if before is None else read_dataset(before, scheme).dataset,
                adopted=None if adopted is None else read_adopted(adopted, scheme).adopted,
            )
        except CannotGoOn as error:
            account.fails("not_recomputed", file.name, f"{mark['title']}重算不了：{error.findings[0].message}")
            continue
        _compare_list(mark, listed, evaluation, publication, account)
        source = {"name": reading.dataset.file, **(reading.dataset.digest.as_dict() if reading.dataset.digest else {})}
        cells = None if sealed is None else cells_of(sealed)
        records = unit_records(scheme, printed_units(evaluation), evaluation.details, source, cells)
        _compare_units(mark, checkpoint["year"], records, secret, account)
    return told(account)


def _brought(data: Path | None, name: str) -> Path | None:
    if data is None:
        return None
    folder, _, stem = name.rpartition("/")
    return find_data(data / folder, stem)


def _compare_list(
    mark: dict[str, Any], listed: dict[str, Any], evaluation: Evaluation, publication: Publication, account: Account
) -> None:
    again = list_record(
        collect_list(
            evaluation,
            publication,
            year=listed["year"],
            round_title=listed["round"],
            places=official_places(publication.round),
        )
    )
    path, title = f"lists/{mark['id']}/list.json", mark["title"]
    if (again["columns"], again["groups"]) == (listed["columns"], listed["groups"]):
        account.holds(f"{title}由数据重算，名单逐行相同。")
        return
    mine, theirs = _rows(again), _rows(listed)
    only_listed = [_told(row) for row in theirs if row not in mine]
    only_computed = [_told(row) for row in mine if row not in theirs]
    if not only_listed and not only_computed:
        account.fails("order_differs", path, f"{title}由数据重算，条目相同而次序不同。")
        return
    parts = [
        f"名单上有、重算没有的{len(only_listed)}条：{'、'.join(only_listed[:5])}" if only_listed else "",
        f"重算有、名单上没有的{len(only_computed)}条：{'、'.join(only_computed[:5])}" if only_computed else "",
    ]
    why = "。审定时增减的，应有公开的理由；否则数据或名单有一样不对。"
    account.fails(
        "list_not_computed", path, f"{title}与由数据重算的不同：{'；'.join(part for part in parts if part)}{why}"
    )


def _rows(listed: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(group["label"], *map(str, row)) for group in listed["groups"] for row in group["rows"]]


def _told(row: tuple[str, ...]) -> str:
    return row[1]


def _compare_units(
    mark: dict[str, Any],
    year: int,
    records: dict[str, dict[str, Any]],
    secret: bytes | None,
    account: Account,
) -> None:
    title = mark["title"]
    if mark["units"] is None:
        account.cannot(f"校验单没有{title}全部单位的指纹，没有核对各单位的结果。")
        return
    if secret is None:
        account.cannot(f"没有本轮的密钥，没有核对{title}各单位的结果；有密钥的请加 --secret 文件。")
        return
    root = seal_units(year, mark["id"], records, secret).root
    if {"count": root.units, **root.root.as_dict()} == mark["units"]:
        account.holds(f"{title}{root.units:,}个单位的填报值、得分、名次由数据重算，与校验单上的指纹相符。")
    else:
        text = f"{title}各单位的结果由数据重算，与校验单上的指纹不符：数据、规则或密钥不是当时的；"
        text += "当时用的是封存的数据集，请用 --sealed 给出它的文件夹。"
        account.fails("units_differ", CHECKPOINT, text)
