"""What of a list is public: `publication.yaml` of a round, column by column, each with its basis. Sees no data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from mujun.digest import Digest, digest_bytes
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.law import PROGRAMME, Basis, Law
from mujun.scheme.assumptions import assumptions_of
from mujun.scheme.fields import Fields, Source
from mujun.scheme.load import read_scheme
from mujun.scheme.model import Scheme
from mujun.yaml_source import read_yaml

FILE = "publication.yaml"
_SOURCES = ("name", "key", "class", "strengths", "rank", "score")
_OPEN_ONLY = ("rank", "score")


@frozen
class PublicColumn:
    """One column of a list. `source` is name, key, class, strengths, rank, score or column:<a column of the scheme>."""

    id: str
    label: str
    source: str
    basis: Basis

    @property
    def column(self) -> str:
        """The scheme's column it shows, if that is where it comes from."""
        return self.source.partition(":")[2]

    @property
    def is_number(self) -> bool:
        return self.source in _OPEN_ONLY


@frozen
class ListRule:
    """What the public sees of one scheme's list. `assumptions` keep it from being issued."""

    scheme: str
    published: bool
    open: bool
    ranked: bool
    most_strengths: int
    columns: tuple[PublicColumn, ...]
    basis: Basis
    assumptions: tuple[str, ...]


@frozen
class Publication:
    """A round's rules of publication, by scheme. `digest` is the file's."""

    round: str
    rules: Mapping[str, ListRule]
    digest: Digest
    file: Path


def load_publication(name: str, law: Law, root: Path = PROGRAMME) -> Publication:
    """The rules of the round `2019`. Raises CannotGoOn with everything that is wrong with them."""
    path = root / name / FILE
    if not path.exists():
        message = f"“{name}”没有写公开什么（{FILE}）。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_publication", message, "请从上一年度复制一份再改。")])
    data, findings = read_yaml(path)
    source = Source(f"{name}/{FILE}", law, findings)
    fields = Fields.of(source, data, 1, "公开规则")
    fields.text("round", name)
    strengths = fields.nested("strengths", "突出之处") or Fields.of(source, None, 1, "突出之处")
    most = strengths.whole("most", 0) or 0
    _basis(strengths, "basis")
    strengths.done()
    rules: dict[str, ListRule] = {}
    for item in fields.items("lists", "名单"):
        rule = _rule(item, root / name / "schemes", law, most)
        if rule.scheme in rules:
            item.error("scheme", "duplicate_name", f"“{rule.scheme}”的名单写了两次。", "请删去一处。")
        rules[rule.scheme] = rule
    fields.done()
    if blocking(findings):
        raise CannotGoOn(findings)
    return Publication(name, rules, digest_bytes(path.read_bytes()), path)


def _rule(fields: Fields, schemes: Path, law: Law, most: int) -> ListRule:
    scheme = fields.text("scheme")
    is_open = fields.boolean("open")
    known = _read(schemes / f"{scheme}.yaml", law)
    if known is None:
        fields.error("scheme", "no_such_scheme", f"没有能用的方案“{scheme}”。", "请核对 schemes/ 里的文件名。")
    rule = ListRule(
        scheme=scheme,
        published=fields.boolean("published"),
        open=is_open,
        ranked=fields.choice("order", ("rank", "place"), "place") == "rank",
        most_strengths=most,
        columns=tuple(_column(item, known, is_open) for item in fields.items("columns", "列")),
        basis=_basis(fields, "basis"),
        assumptions=assumptions_of(fields.mapping, f"名单 {scheme}"),
    )
    _basis(fields, "order_basis")
    if rule.ranked and not is_open:
        fields.error("order", "ranks_a_firm", "企业名单不能按名次排：名次透露得分的高低。", "请写 order: place。")
    fields.done()
    return rule


def _column(fields: Fields, scheme: Scheme | None, is_open: bool) -> PublicColumn:
    column = PublicColumn(fields.text("id"), fields.text("label"), fields.text("from"), _basis(fields, "basis"))
    if column.source not in _SOURCES and not column.source.startswith("column:"):
        options = "、".join((*_SOURCES, "column:<列>"))
        fields.error("from", "unknown_choice", f"列的来源不能是“{column.source}”。", f"可用：{options}。")
    if column.is_number and not is_open:
        fields.error("from", "opens_a_firm", f"企业名单不能有“{column.label}”：名次、得分不公开。", "请删去这一列。")
    if scheme is not None and column.column:
        variable = scheme.variables.get(column.column)
        if variable is None and column.column not in {one.id for one in scheme.derived}:
            fields.error("from", "unknown_column", f"方案 {scheme.id} 没有“{column.column}”这一列。")
        elif variable is not None and variable.type != "text":
            message = f"“{variable.label}”是原始数据，不公开。"
            fields.error("from", "opens_a_value", message, "名单只能用文字列（地方、类别）。")
    fields.done()
    return column


def _read(path: Path, law: Law) -> Scheme | None:
    return read_scheme(path, law).scheme if path.exists() else None


def _basis(fields: Fields, key: str) -> Basis:
    basis = fields.basis(key)
    if basis is None:
        message = f"{fields.what}缺少 {key}。"
        fields.error("", "no_basis", message, "请写 {clause: …} 或 {assumption: …}。")
    return basis or Basis(assumption="")
