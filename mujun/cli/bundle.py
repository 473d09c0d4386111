"""`mujun bundle`: the lists of a result as one package that anyone can verify. What it makes is 拟, never issued."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
from attrs import frozen
from rich.markup import escape

from mujun.cli.progress import progress_bar
from mujun.cli.run import find_data
from mujun.cli.secret import read_secret
from mujun.cli.show import console
from mujun.digest import digest_bytes
from mujun.documents.published import SCHEMA_FILE, collect_list, list_files
from mujun.engine.result import read_result
from mujun.engine.unit_records import unit_records
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.sealed_cells import cells_of, find_sealed
from mujun.law import PROGRAMME, Law, load_law
from mujun.proof.bundle import ListFiles, make_bundle
from mujun.proof.checkpoint import Checkpoint, make_checkpoint
from mujun.proof.package import zip_of
from mujun.proof.units import SealedUnits, seal_units, unit_proof
from mujun.register.divisions import divisions_at, divisions_day
from mujun.scheme import load_round
from mujun.scheme.publication import Publication, load_publication

_PLAIN = re.compile(r"[\w-]{1,80}")
"""A key that can be the name of a file everywhere; another one is named by its hash."""


@frozen
class _Domain:
    """One list, and what its units are sealed as."""

    files: ListFiles
    records: dict[str, dict[str, Any]]
    sealed: SealedUnits | None


def make_bundle_of(
    result: Path,
    out: Path,
    round_name: str,
    secret_file: Path | None,
    units_out: Path | None,
    data: Path | None,
    sealed: Sequence[Path] = (),
) -> int:
    """Returns the exit code."""
    law = load_law()
    publication = load_publication(round_name, law)
    folders = _folders(result, publication)
    secret = None if secret_file is None else read_secret(secret_file, make=True)
    if units_out is not None and secret is None:
        message = "单位的证明文件要用本轮的密钥加盐。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_secret", message, "请用 --secret 给出密钥文件，没有就新建。")])
    domains = []
    with progress_bar() as progress:
        task = progress.add_task("做名单", total=len(folders) + 1)
        for folder in folders:
            domains.append(_domain(folder, publication, law, secret, sealed))
            progress.advance(task)
        pairs = [(one.files.published, one.sealed.root if one.sealed is not None else None) for one in domains]
        checkpoint = make_checkpoint(pairs)
        rules = _rules(publication, folders)
        brought = {} if data is None else _data(data, [one.files.published.id for one in domains])
        schema = SCHEMA_FILE.read_bytes()
        files = make_bundle([one.files for one in domains], checkpoint, rules, schema=schema, data=brought)
        write_files(out, files)
        archive = out.with_name(f"{out.name}.zip")
        _put(archive, zip_of(files))
        if units_out is not None:
            progress.update(task, description="写单位的证明文件")
            for one in domains:
                _write_units(units_out, one, checkpoint)
    _show(domains, checkpoint, out, archive, units_out)
    return 0


def write_files(out: Path, files: dict[str, bytes]) -> None:
    """Into an empty folder, or over the bundle that was there before."""
    if out.exists() and any(out.iterdir()) and not (out / "manifest.json").exists():
        message = f"“{out}”里已有别的文件。"
        raise CannotGoOn([Finding(Severity.ERROR, "not_empty", message, "请换一个 --out，或先清空它。")])
    for path in sorted(out.rglob("*"), reverse=True) if out.exists() else []:
        path.rmdir() if path.is_dir() else path.unlink()
    for name, content in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)


def _folders(result: Path, publication: Publication) -> list[Path]:
    """The result of one scheme, or those of a round that have a public list."""
    if (result / "evaluation.json").exists():
        return [result]
    published = [name for name, rule in publication.rules.items() if rule.published]
    found = [result / name for name in published if (result / name / "evaluation.json").exists()]
    if not found:
        message = f"“{result}”里没有要公布名单的评价结果。"
        mend = f"请给出 mujun evaluate 或 mujun run 写出的文件夹；要公布的有：{'、'.join(published)}。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_result", message, mend)])
    return found


def _domain(folder: Path, publication: Publication, law: Law, secret: bytes | None, seals: Sequence[Path]) -> _Domain:
    result = read_result(folder, law)
    scheme, summary = result.scheme, result.summary
    rule = publication.rules.get(scheme.id)
    if rule is None or not rule.published or scheme.selection is None:
        message = f"公开规则里没有“{scheme.label}”的名单。"
        raise CannotGoOn([Finding(Severity.ERROR, "not_public", message, f"请在 {publication.file.name} 里写明。")])
    labels = [summary.get("data_label", ""), "有错误未改" if summary["blocked"] else ""]
    round_ = load_round(publication.round, law)
    published = collect_list(
        result,
        publication,
        year=int(publication.round),
        round_title=round_.title,
        labels=[label for label in labels if label],
        notes=adopted_notes(summary),
        places=official_places(publication.round),
    )
    records: dict[str, dict[str, Any]] = {}
    sealed = None
    if secret is not None:
        source = summary["data_file"]
        found = find_sealed(seals, source.get("sha256", ""))
        cells = None if found is None else cells_of(found)
        records = unit_records(scheme, _printed(folder), result.details, source, cells)
        sealed = seal_units(published.year, published.id, records, secret)
    return _Domain(list_files(published), records, sealed)


def adopted_notes(summary: dict[str, Any]) -> list[str]:
    """Whence an adopted list comes."""
    adopted = summary.get("adopted")
    if not adopted:
        return []
    whence = "，".join(str(adopted[key]) for key in ("document_number", "issued_on") if adopted[key])
    return [f"参照{adopted['instrument']}{f'（{whence}）' if whence else ''}。"]


def official_places(round_name: str) -> tuple[str, ...]:
    """Counties in the order of their codes."""
    day = divisions_day(round_name)
    return () if day is None else tuple(one.name for one in divisions_at(day, round_name))


def _printed(folder: Path) -> pl.DataFrame:
    """The rows of units.csv as they are printed."""
    file = folder / "units.csv"
    if not file.exists():
        message = "单位太多，没有 units.csv，还不能逐个加封。"
        raise CannotGoOn([Finding(Severity.ERROR, "too_many_units", message, "请不写 --secret，只做名单。")])
    return pl.read_csv(file, infer_schema=False).fill_null("")


def _rules(publication: Publication, folders: list[Path]) -> dict[str, bytes]:
    """What the lists rest on, laid out as in `programme/`: the scheme of each result, and the rest of the round's."""
    folder, name = publication.file.parent, publication.round
    rules = {f"{name}/{file}": (folder / file).read_bytes() for file in ("publication.yaml", "round.yaml")}
    rules |= {f"{name}/schemes/{path.name}": path.read_bytes() for path in sorted((folder / "schemes").glob("*.yaml"))}
    rules |= {f"{name}/schemes/{one.name}.yaml": (one / "scheme.yaml").read_bytes() for one in folders}
    rules |= {f"instruments/{path.name}": path.read_bytes() for path in sorted((PROGRAMME / "instruments").glob("*"))}
    return rules


def _data(folder: Path, schemes: list[str]) -> dict[str, bytes]:
    brought: dict[str, bytes] = {}
    for scheme in schemes:
        for where, stem in ((folder, scheme), (folder / "previous", scheme), (folder, f"{scheme}.adopted")):
            file = find_data(where, stem)
            if file is not None:
                brought[file.relative_to(folder).as_posix()] = file.read_bytes()
    return brought


def _write_units(out: Path, one: _Domain, checkpoint: Checkpoint) -> None:
    assert one.sealed is not None
    folder = out / one.files.published.id
    folder.mkdir(parents=True, exist_ok=True)
    for key, record in one.records.items():
        name = key if _PLAIN.fullmatch(key) else digest_bytes(key.encode()).sha256
        (folder / f"{name}.json").write_bytes(unit_proof(one.sealed, key, record, checkpoint))


def _put(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(content)
    os.replace(half, path)


def _show(domains: list[_Domain], checkpoint: Checkpoint, out: Path, archive: Path, units_out: Path | None) -> None:
    for one in domains:
        published = one.files.published
        sealed = "" if one.sealed is None else f"，{one.sealed.root.units:,}个单位的结果加了封"
        console.print(f"{escape(published.title)}  {published.count}个〔{published.standing}〕{sealed}", soft_wrap=True)
    console.print(f"[yellow]这是{checkpoint.standing}的名单，没有印发。[/yellow]")
    console.print(f"校验码 SHA-256 {checkpoint.digest.sha256}", soft_wrap=True)
    console.print(f"校验码 SM3 {checkpoint.digest.sm3}", soft_wrap=True)
    console.print(f"名单包 {out}，压缩包 {archive}", soft_wrap=True)
    if units_out is not None:
        console.print(f"单位的证明文件在 {units_out}：每份只能交给那个单位自己。", soft_wrap=True)
    console.print(f"核对：mujun verify {archive}，或在文件夹里运行 python verify.py", soft_wrap=True)
