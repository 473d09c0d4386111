"""Read the plan of a round's collection, gathering everything wrong with it. Reads no data."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from mujun.collection.model import Check, Derivation, Detail, PlanFile
from mujun.collection.plan import CollectionPlan
from mujun.collection.read_checks import read_check
from mujun.collection.read_coefficients import read_coefficients
from mujun.collection.read_derivations import read_derivations
from mujun.collection.read_details import read_detail
from mujun.digest import digest_bytes
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.law import PROGRAMME, Basis, Law
from mujun.scheme import Scheme, read_scheme
from mujun.scheme.assumptions import assumptions_of
from mujun.scheme.fields import Fields, Source
from mujun.yaml_source import read_yaml

FILE = "collection.yaml"


@frozen
class CollectionReading:
    """What came of reading a plan. `plan` is None where there is no making sense of it."""

    plan: CollectionPlan | None
    findings: tuple[Finding, ...]


def load_collection(name: str, law: Law, root: Path = PROGRAMME) -> CollectionPlan:
    """The plan of the round `2019`. Raises CannotGoOn with every finding when it is not fit to collect by."""
    reading = read_collection(name, law, root)
    if reading.plan is None or blocking(reading.findings):
        raise CannotGoOn(reading.findings)
    return reading.plan


def read_collection(name: str, law: Law, root: Path = PROGRAMME) -> CollectionReading:
    """Read a round's plan. Raises CannotGoOn only when it is not there or not YAML at all."""
    folder = root / name
    path = folder / FILE
    if not path.exists():
        known = "、".join(sorted(one.parent.name for one in root.glob(f"*/{FILE}")))
        message = f"“{name}”没有数据归集方案（{FILE}）。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_collection", message, f"有方案的年度：{known}。")])
    data, findings = read_yaml(path)
    source = Source(f"{name}/{FILE}", law, findings)
    fields = Fields.of(source, data, 1, "数据归集方案")
    if not fields.mapping:
        source.error(1, "empty_collection", "文件是空的，或不是“键: 值”。", "请从上一年度复制一份再改。")
        return CollectionReading(None, tuple(findings))
    schemes = _schemes(folder, law, source)
    plan = _plan(fields, name, folder, schemes, path)
    findings.sort(key=lambda finding: (finding.file != source.file, finding.file, finding.line or 0))
    return CollectionReading(plan, tuple(findings))


def _schemes(folder: Path, law: Law, source: Source) -> dict[str, Scheme]:
    """The round's schemes. What is wrong inside one is told where schemes are checked; here only that it cannot be
    used.
    """
    schemes = {}
    for path in sorted((folder / "schemes").glob("*.yaml")):
        try:
            reading = read_scheme(path, law)
        except CannotGoOn:
            reading = None
        if reading is None or reading.scheme is None:
            source.error(1, "bad_scheme", f"评价方案 {path.name} 读不了，凡提到它的都没有核对。", "请先改好那个方案。")
        else:
            schemes[reading.scheme.id] = reading.scheme
    return schemes


def _plan(fields: Fields, name: str, folder: Path, schemes: dict[str, Scheme], path: Path) -> CollectionPlan:
    basis = _needed_basis(fields, "basis")
    data_year = fields.whole("data_year")
    if data_year is None:
        fields.error("", "missing_key", "数据归集方案缺少“data_year”（数据年度）。", "请补上，例如 2018。")
    _needed_basis(fields, "data_year_basis")
    details: dict[str, Detail] = {}
    for item in fields.items("details", "明细"):
        detail = read_detail(item, schemes)
        if detail.id in details:
            item.error("id", "duplicate_name", f"有两个明细叫“{detail.id}”。", "请换一个 id。")
        details[detail.id] = detail
    tables = read_coefficients(folder / "coefficients", fields.source)
    declared: list[Derivation] = []
    for item in fields.items("derivations", "取数规则"):
        declared += read_derivations(item, schemes, details, tables, data_year, declared)
    checks: dict[str, Check] = {}
    for item in fields.items("checks", "校验"):
        check = read_check(item, schemes, details)
        if check is not None and check.id in checks:
            item.error("id", "duplicate_name", f"有两项校验叫“{check.id}”。", "请换一个 id。")
        if check is not None:
            checks[check.id] = check
    plan = CollectionPlan(
        round=fields.text("round", name),
        label=fields.text("label"),
        basis=basis,
        data_year=data_year or 0,
        schemes=schemes,
        details=details,
        declared=tuple(declared),
        every_check=tuple(checks.values()),
        source=PlanFile(fields.source.file, digest_bytes(path.read_bytes())),
        assumptions=(
            *assumptions_of(fields.mapping),
            *(
                f"{table.label} {item}：{one.basis.assumption}"
                for table in tables.values()
                for item, one in table.items.items()
                if one.basis.assumed and _used(table.id, declared)
            ),
        ),
    )
    if plan.round != name:
        fields.error("round", "wrong_round", f"这是“{name}”的文件，写的却是“{plan.round}”。", "请改成文件夹的名字。")
    fields.done()
    return plan


def _needed_basis(fields: Fields, key: str) -> Basis:
    basis = fields.basis(key)
    if basis is None:
        fields.error("", "no_basis", f"数据归集方案缺少 {key}。", "请写 {clause: …} 或 {assumption: …}。")
    return basis or Basis(assumption="")


def _used(table: str, declared: list[Derivation]) -> bool:
    return any(one.in_use and getattr(one.method, "table", None) and one.method.table.id == table for one in declared)  # type: ignore[union-attr]
