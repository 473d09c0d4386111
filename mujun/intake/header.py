"""Find the header and say what each column is. Reads no values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from attrs import field, frozen

from mujun.findings import CannotGoOn
from mujun.intake.cells import TOP, Cells, letters, refusal
from mujun.intake.levels import Heading, read_heading
from mujun.intake.report import Report
from mujun.intake.words import BLANKS, plain
from mujun.scheme.expression import Kind
from mujun.scheme.model import Scheme, Variable
from mujun.scheme.units import parse_unit

KEY_WORDS = ("统一社会信用代码", "单位代码", "代码")
NAME_WORDS = ("单位名称", "企业名称", "名称")
"""Accepted beside the scheme's own names; of several in one header the first here counts."""

_BRACKETED = re.compile(r"(.+?)[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_SHOWN = 5


@frozen
class Names:
    """What a header may say."""

    key: tuple[str, ...]
    name: tuple[str, ...]
    variables: Mapping[str, Variable]
    words: Mapping[str, Variable]
    others: Mapping[str, Variable] = field(factory=dict)
    """Variables that are not for this sheet to bring, by what a header may call them."""

    @classmethod
    def of(
        cls, scheme: Scheme, variables: Mapping[str, Variable], others: Mapping[str, Variable] | None = None
    ) -> Names:
        """The names of a scheme's key and name, and of these variables: by id first, then by label."""
        key = (scheme.key, f"{scheme.unit_label}代码", *KEY_WORDS)
        name = (scheme.name, f"{scheme.unit_label}名称", *NAME_WORDS)
        return cls(key, name, variables, _words(variables), _words(others or {}))

    def variable(self, text: str) -> Variable | None:
        return self.words.get(plain(text))

    def all(self) -> list[str]:
        labels = [name for variable in self.variables.values() for name in (variable.label, variable.id)]
        return [*labels, *self.key, *self.name]


@frozen
class Header:
    """Column numbers, from 0. `refused` are variables whose column is there and must not be used."""

    row: int
    width: int
    key: int | None
    name: int | None
    variables: Mapping[str, int]
    refused: frozenset[str] = frozenset()
    unknown: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


@frozen
class _Matches:
    """Columns by what they are; several in one list is an error."""

    key: list[int] = field(factory=list)
    name: list[int] = field(factory=list)
    variables: dict[str, list[int]] = field(factory=dict)
    remarks: dict[int, str] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.variables) + bool(self.key) + bool(self.name)


def read_header(cells: Cells, names: Names, report: Report, name_expected: bool = True) -> Header:
    """Raises CannotGoOn when the first rows hold none of the names."""
    found = [_match(row, names) for row in cells.top[:TOP]]
    with_key = [number for number, matches in enumerate(found) if matches.key]
    best = with_key[0] if with_key else max(range(len(found)), key=lambda number: len(found[number]), default=0)
    if not found or not len(found[best]):
        raise _no_header(cells, names)
    corner = [*found[best].key, *found[best].name]
    heading = read_heading(cells, best + 1, corner, lambda text: _is_known(text, names))
    texts = heading.texts
    matches = _match(texts, names)
    _report_above(cells, heading, report)
    refused = _check_units(heading, matches, names, report)
    _report_twice(heading, matches, names, report)
    if not matches.key:
        message = f"没有代码列，认不出各行是哪个单位。表头在第{heading.first}行。"
        report.error("no_key_column", message, f"请加上表头为“{names.key[-1]}”或“{names.key[0]}”的一列。")
    if not matches.name and name_expected:
        message = "没有名称列，先用代码当名称。"
        report.warning("no_name_column", message, f"请加上表头为“{names.name[-1]}”或“{names.name[0]}”的一列。")
    for variable in names.variables.values():
        if variable.required and variable.id not in matches.variables:
            shown = f"{variable.label}（{variable.unit_text}）" if variable.unit_text else variable.label
            message = f"缺少“{variable.label}”（{variable.id}）一列。"
            report.error("missing_column", message, f"请加上表头为“{shown}”的一列。", variable=variable.id)
    used = {*matches.key, *matches.name, *(column for columns in matches.variables.values() for column in columns)}
    unknown = tuple(column for column, text in enumerate(texts) if text.strip(BLANKS) and column not in used)
    for column in unknown:
        _report_unknown(heading, column, matches, names, report)
    return Header(
        row=heading.last,
        width=len(texts),
        key=matches.key[0] if matches.key else None,
        name=matches.name[0] if matches.name else None,
        variables={variable: columns[0] for variable, columns in matches.variables.items()},
        refused=refused,
        unknown=unknown,
        texts=texts,
    )


def _match(row: Iterable[str], names: Names) -> _Matches:
    matches = _Matches()
    words: dict[str, list[int]] = {}
    for column, text in enumerate(row):
        variable, remark = _variable(text, names.words)
        if variable is not None:
            matches.variables.setdefault(variable.id, []).append(column)
            matches.remarks[column] = remark
        else:
            words.setdefault(plain(text), []).append(column)
    for accepted, columns in ((names.key, matches.key), (names.name, matches.name)):
        columns += next((words[plain(word)] for word in accepted if plain(word) in words), [])
    return matches


def _variable(text: str, words: Mapping[str, Variable]) -> tuple[Variable | None, str]:
    """The variable a header cell names, and what its last brackets say."""
    whole = words.get(plain(text))
    if whole is not None or not text:
        return whole, ""
    parts = _BRACKETED.fullmatch(plain(text))
    return (words.get(plain(parts[1])), parts[2]) if parts else (None, "")


def _words(variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """By what a header may call them; an id goes before a label, the first label before a second."""
    by_label = {plain(variable.label): variable for variable in reversed(list(variables.values()))}
    return by_label | {plain(variable.id): variable for variable in variables.values()}


def _is_known(text: str, names: Names) -> bool:
    words = names.words, names.others
    return any(_variable(text, known)[0] is not None for known in words) or plain(text) in map(
        plain, [*names.key, *names.name]
    )


def _check_units(heading: Heading, matches: _Matches, names: Names, report: Report) -> frozenset[str]:
    """A remark in brackets is a unit if it reads as one, or if the variable has one."""
    refused = set()
    for variable_id, columns in matches.variables.items():
        variable = names.variables[variable_id]
        for column in columns:
            remark = matches.remarks[column]
            unit = parse_unit(remark)
            if variable.kind is not Kind.NUMBER or not remark or unit == variable.unit:
                continue
            if unit is None and not variable.unit_text:
                continue
            refused.add(variable_id)
            written, expected = heading.texts[column].strip(BLANKS), variable.unit_text or "1"
            message = f"“{variable.label}”的单位应为“{expected}”，表头写的是“{written}”。"
            mend = "请核对这一列的数：单位确实不同的，请换算后再改表头；只是写错的，改表头即可。"
            report.error("wrong_unit", message, mend, cell=heading.cell(column), variable=variable_id)
    return frozenset(refused)


def _report_twice(heading: Heading, matches: _Matches, names: Names, report: Report) -> None:
    labels = {variable.id: variable.label for variable in names.variables.values()}
    for what, columns, variable in [
        ("单位代码", matches.key, ""),
        ("单位名称", matches.name, ""),
        *((labels[variable], columns, variable) for variable, columns in matches.variables.items()),
    ]:
        for first, second in pairwise(columns):
            message = (
                f"{letters(first)}列和{letters(second)}列都是“{what}”，不知用哪一列，先用{letters(columns[0])}列。"
            )
            report.error("column_twice", message, "请只留一列。", cell=heading.cell(second), variable=variable)


def _report_unknown(heading: Heading, column: int, matches: _Matches, names: Names, report: Report) -> None:
    texts = heading.texts
    shown, cell = texts[column].strip(BLANKS), heading.cell(column)
    other, _ = _variable(shown, names.others)
    if other is not None:
        by = f"由{other.source}报送" if other.source else "由别的部门报送"
        mend = "请删去这一列；认为数不对的，请向报送的部门提出。"
        report.error("not_your_column", f"“{shown}”这一列{by}，本表不应填。", mend, cell=cell, variable=other.id)
        return
    for accepted, used in ((names.key, matches.key), (names.name, matches.name)):
        if plain(shown) in map(plain, accepted):
            message = f"“{shown}”这一列没有用：用的是“{texts[used[0]].strip(BLANKS)}”一列。"
            report.warning("unused_column", message, "如果用错了，请删去不该用的一列。", cell=cell)
            return
    near = difflib.get_close_matches(shown, names.all(), 1)
    mend = f"是不是“{near[0]}”？如是，请改表头；不需要的列可以不管。" if near else "不需要的列可以不管。"
    report.warning("unknown_column", f"不认识“{shown}”这一列，没有读入。", mend, cell=cell)


def _report_above(cells: Cells, heading: Heading, report: Report) -> None:
    """What was passed over, and what was taken for the header: told where merged cells say so, else to be looked at."""
    row = heading.first
    texts = [text.strip(BLANKS) for above in cells.top[: row - 1] for text in above if text.strip(BLANKS)]
    if texts:
        shown = "；".join(texts[:_SHOWN]) + ("……" if len(texts) > _SHOWN else "")
        report.info("rows_above_header", f"表头在第{row}行，上面的内容没有读入：{shown}。")
    if heading.last > row:
        levels = heading.last - row + 1
        shown = "、".join(text for text in heading.texts if text.strip(BLANKS))
        rows = f"表头占{levels}行（第{row}行到第{heading.last}行）"
        if any(row <= top <= heading.last for top, *_ in cells.merged):
            report.info("header_of_several_rows", f"{rows}，各列读作：{shown}。")
        else:
            message = f"看上去{rows}，没有合并单元格可作根据，各列读作：{shown}。"
            mend = "请核对各列读得对不对；不对的，请把表头改成一行，每列写数据项的名称和单位。"
            report.warning("header_guessed", message, mend)


def _no_header(cells: Cells, names: Names) -> CannotGoOn:
    message = f"前{TOP}行里找不到表头：没有一格是“{names.key[-1]}”“{names.key[0]}”，也没有一格是数据项的名称。"
    mend = "请核对是不是拿错了文件；表头要写数据项的名称。"
    if cells.other_sheets:
        mend = f"文件里还有工作表：{'、'.join(cells.other_sheets)}。请核对该读哪一张。"
    return refusal(cells.file, "no_header", message, mend, cells.sheet)
