"""Seal a dataset: what holds at a moment, with where each value came from and who vouched for it. Computes no score."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl
from attrs import field, frozen

import mujun
from mujun.collection import merge_units
from mujun.dataset import KEY, NAME
from mujun.digest import Digest, canonical_json, digest_bytes
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.scheme.model import Scheme
from mujun.store.derived import DerivedValues
from mujun.store.files import sync_folder
from mujun.store.holding import Holding, aligned
from mujun.store.observations import typed
from mujun.store.refusals import refusing
from mujun.store.sealed import DATA, MANIFEST, SOURCES, Sealed
from mujun.store.store import SEAL, Store, moment, receipt_of

SOURCE_COLUMNS: dict[str, pl.DataType] = {
    "table": pl.String(),
    "unit": pl.String(),
    "record": pl.String(),
    "variable": pl.String(),
    "value": pl.String(),
    "batch": pl.Int32(),
    "row": pl.Int32(),
    "column": pl.Int16(),
    "quantity": pl.String(),
    "factor": pl.String(),
}
"""Of sources.parquet: a row per value that holds, unit by unit, so that one unit's are found without reading all. A
derived value has no batch; what each record gave stands below it, under the record's table and number, as quantity ×
factor.
"""
_ROWS = 50_000
"""Of a group of a Parquet file."""

Tell = Callable[[str, int, int | None], None]


@frozen
class Sealing:
    """What is sealed: a scheme, its file, and what the plan derives. `forms` are id and label of those that are due.

    `left_out` says of units that are formally out why; their values stay in the store and are not sealed.
    """

    name: str
    scheme: Scheme
    scheme_bytes: bytes
    derived: DerivedValues
    forms: tuple[tuple[str, str], ...] = ()
    left_out: Mapping[str, str] = field(factory=dict)


def seal(
    store: Store,
    holding: Holding,
    what: Sealing,
    *,
    by: str,
    now: datetime,
    tell: Tell = lambda what, now, end: None,
) -> tuple[Sealed, tuple[Finding, ...]]:
    """Write sealed/<hash>/ and note it in the journal. Raises CannotGoOn when nothing holds, or when a record that is
    derived from is not fit for it.
    """
    with refusing(store.folder):
        tell("汇总", 0, None)
        data = _data(holding, what)
        if data.is_empty():
            message = f"“{what.scheme.label}”还没有任何数据入库，没有可封存的。"
            raise CannotGoOn(
                [Finding(Severity.ERROR, "nothing_holds", message, "请先用 mujun intake … --commit 入库。")]
            )
        if blocking(what.derived.findings):
            raise CannotGoOn(what.derived.findings)
        findings = (*what.derived.findings, *_lacking(holding, what, data))
        tell("记来源", 0, None)
        sources = pl.concat(_sources(holding, what)).sort("unit", maintain_order=True)
        tell("写出", 0, None)
        scheme = store.put(what.scheme_bytes)
        files = {DATA: _parquet(data), SOURCES: _parquet(sources)}
        digests = {name: digest_bytes(content) for name, content in files.items()}
        manifest = _manifest(holding, what, digests, scheme, data, sources, findings, by, moment(now))
        sealed = _write(store.folder / "sealed", files, manifest)
    known = {entry.facts["seal"] for entry in store.entries() if entry.act == SEAL}
    if sealed.hash not in known:
        facts = {"seal": sealed.hash, "scheme": what.name, "upto": holding.seq, "evidence": [scheme.sha256]}
        store.record(SEAL, facts, by=by, now=now)
    return sealed, findings


def _data(holding: Holding, what: Sealing) -> pl.DataFrame:
    """Headed as the scheme names its key and name, so that it can be evaluated as it stands."""
    derived, scheme = what.derived, what.scheme
    units = pl.concat([holding.units(), *(frame["unit"] for frame in derived.values.values())]).unique().sort()
    columns = [units.alias(KEY), holding.names(units)]
    for one in scheme.variables.values():
        values = aligned(units, derived.values[one.id]) if one.id in derived.values else holding.values(units, one.id)
        columns.append(typed(values, one.kind).alias(one.id))
    frame = pl.DataFrame(columns)
    if derived.groups:
        frame = merge_units(frame, scheme, derived.groups, list(derived.values)).sort(KEY)
    if what.left_out:
        frame = frame.filter(~pl.col(KEY).is_in(list(what.left_out)))
    return frame.rename({KEY: scheme.key, NAME: scheme.name}).rechunk()


def _sources(holding: Holding, what: Sealing) -> Iterator[pl.DataFrame]:
    for part in holding.parts():
        yield _with_all_columns(part)
    for variable, frame in what.derived.values.items():
        empty = [pl.lit("").alias(name) for name in ("table", "record")]
        yield _with_all_columns(frame.with_columns(*empty, pl.lit(variable).alias("variable")))
    if what.derived.inputs is not None:
        yield _with_all_columns(what.derived.inputs.rename({"amount": "value"}))


def _with_all_columns(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in SOURCE_COLUMNS.items()
    )


def _lacking(holding: Holding, what: Sealing, data: pl.DataFrame) -> Iterator[Finding]:
    """Forms nobody sent, and variables that some units lack: told, and not a reason to stop."""
    sent = {entry.facts["form"] for entry in holding.entries}
    for form, label in what.forms:
        if form not in sent:
            message = f"报表“{label}”（{form}）还没有入库，其中各项都是空的。"
            yield Finding(Severity.WARNING, "form_not_sent", message, "请催报；或确认这次不用它。")
    for one in what.scheme.variables.values():
        empty = data[one.id].null_count()
        if one.required and one.default is None and 0 < empty < data.height:
            shown = "、".join(data.filter(pl.col(one.id).is_null())[what.scheme.key].head(5))
            more = "等" if empty > 5 else ""
            message = f"“{one.label}”有{empty:,}个单位没有数据：{shown}{more}。"
            mend = "请催报；确实没有的，将按评价方案的缺失规则处理。"
            yield Finding(Severity.WARNING, "units_without_value", message, mend, variable=one.id)


def _manifest(
    holding: Holding,
    what: Sealing,
    files: dict[str, Digest],
    scheme: Digest,
    data: pl.DataFrame,
    sources: pl.DataFrame,
    findings: tuple[Finding, ...],
    by: str,
    at: str,
) -> dict[str, Any]:
    batches = [
        {**one.facts, "seq": one.seq, "hash": one.hash, "receipt": receipt_of(one).number, "by": one.by, "at": one.at}
        for one in holding.entries
    ]
    return {
        "scheme": what.name,
        "label": what.scheme.label,
        "sealed_at": at,
        "sealed_by": by,
        "mujun": mujun.__version__,
        "scheme_file": scheme.as_dict(),
        "journal": {"seq": holding.entries[-1].seq, "hash": holding.entries[-1].hash},
        "files": {name: digest.as_dict() for name, digest in files.items()},
        "units": data.height,
        "values": sources.filter(pl.col("variable") != NAME)["value"].count(),
        "variables": {one: data[one].count() for one in what.scheme.variables},
        "derived": {name: dict(rule) for name, rule in what.derived.rules.items()},
        "groups": dict(what.derived.groups),
        **({"left_out": dict(what.left_out)} if what.left_out else {}),
        "batches": batches,
        "waivers": [{**waiver, "batch": one["seq"]} for one in batches for waiver in one["waivers"]],
        "findings": [{"code": one.code, "message": one.message} for one in findings],
    }


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, row_group_size=_ROWS)
    return buffer.getvalue()


def _write(sealed: Path, files: dict[str, bytes], manifest: dict[str, Any]) -> Sealed:
    """Whole or not there: written beside, then given its name."""
    content = canonical_json(manifest)
    folder = sealed / digest_bytes(content).sha256
    if folder.exists():
        return Sealed(folder.name, folder, manifest)
    sealed.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=".", suffix=".part", dir=sealed))
    try:
        for name, data in {**files, MANIFEST: content}.items():
            with (beside / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        sync_folder(beside)
        beside.chmod(0o755)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync_folder(sealed)
    return Sealed(folder.name, folder, manifest)
