"""Read a rule and its table, evaluate, and compare what is printed. Knows no rules itself."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from mujun.dataset import AdoptedList
from mujun.engine import Evaluation, evaluate
from mujun.engine.printed import BENCHMARK_COLUMNS, FINDING_COLUMNS, printed_benchmark, printed_finding, printed_units
from mujun.scheme import Scheme
from mujun.scheme.expression import Kind
from mujun.yaml_source import parse_yaml
from tests.agreement import dataset_of, scheme_of

Spec = Callable[..., None]
Given = dict[str, list[str]]
"""Columns of text by their heading; an empty text is a missing cell."""


def check(scheme: str, table: str, *, benchmarks: str = "", findings: str = "", **more: str) -> None:
    """Fail, showing both, where the scheme does not make of the table's left half what its right half says."""
    given, expected = read_table(table)
    evaluation = evaluate_table(scheme, given, **more)
    units = {row["key"]: row for row in printed_units(evaluation).to_dicts()}
    found = [[units[key][name] for name in expected] for key in expected["key"]]
    assert rows_of(found) == rows_of(zip(*expected.values(), strict=True))
    assert len(units) == len(found)
    if benchmarks:
        compare(benchmarks, BENCHMARK_COLUMNS, map(printed_benchmark, evaluation.benchmarks))
    compare(findings or "code", FINDING_COLUMNS, map(printed_finding, evaluation.findings))


def compare(table: str, columns: Sequence[str], printed: Iterable[Sequence[str]]) -> None:
    wanted, _ = read_table(table)
    places = [columns.index(name) for name in wanted]
    found = [[row[place] for place in places] for row in printed]
    assert rows_of(found) == rows_of(zip(*wanted.values(), strict=True))


def rows_of(rows: Iterable[Iterable[str]]) -> list[str]:
    return [" | ".join(row) for row in rows]


def read_table(text: str) -> tuple[Given, Given]:
    """The columns before and after `||`; the first column comes with both halves, as the unit's `key`."""
    lines = [line.strip() for line in text.strip().splitlines()]
    halves = [[half.split("|") for half in line.split("||")] for line in lines]
    given, expected = (columns([row[side] for row in halves if len(row) > side]) for side in (0, 1))
    return given, {"key": given["unit"], **expected} if "unit" in given else {}


def columns(rows: list[list[str]]) -> Given:
    if not rows:
        return {}
    heading, *body = [[cell.strip() for cell in row] for row in rows]
    assert all(len(row) == len(heading) for row in body), f"ragged table under {heading}"
    return {name: [row[place] for row in body] for place, name in enumerate(heading)}


def evaluate_table(scheme: str, given: Given, *, previous: str = "", adopted: str = "") -> Evaluation:
    data, mistakes = parse_yaml(scheme, "spec")
    assert not mistakes
    understood = scheme_of(flow(complete(data or {}, given)))
    last = dataset_of(understood, units_of(read_table(previous)[0], understood)) if previous else None
    listed = AdoptedList(tuple(adopted.split()), "示例名单", "示例〔2019〕1号", "2019-05-08") if adopted else None
    return evaluate(understood, dataset_of(understood, units_of(given, understood)), previous=last, adopted=listed)


def complete(scheme: dict[str, Any], given: Given) -> dict[str, Any]:
    """A whole scheme: the table's columns as variables, and a total over `children` or the one `item`."""
    variables = {}
    for heading, cells in given.items():
        name, _, unit = heading.partition(" ")
        if name != "unit":
            variables[name] = {"type": kind_of(cells), "unit": unit, **scheme.get("variables", {}).get(name, {})}
    item = {"id": "item", "formula": "x", **scheme.pop("item", {})}
    score = {"id": "total", "aggregate": "sum", "children": scheme.pop("children", [item])}
    score |= scheme.pop("score", {})
    whole = {"scheme": "example", "domain": "example", "label": "示例", "basis": {"assumption": "示例"}}
    return whole | scheme | {"variables": {**scheme.get("variables", {}), **variables}, "score": score}


def kind_of(cells: list[str]) -> str:
    """What a column holds, from its cells: numbers, dates, true and false, or text."""
    present = [cell for cell in cells if cell]
    for kind, read in (("number", Decimal), ("date", datetime.date.fromisoformat), ("boolean", truth)):
        try:
            _ = [read(cell) for cell in present]
        except (ValueError, InvalidOperation):
            continue
        return kind
    return "text"


def truth(cell: str) -> bool:
    return ("false", "true").index(cell) == 1


def units_of(given: Given, scheme: Scheme) -> list[dict[str, Any]]:
    units: list[dict[str, Any]] = [{"key": key, "name": key} for key in given["unit"]]
    for heading, cells in given.items():
        name = heading.partition(" ")[0]
        for unit, cell in zip(units, cells, strict=True):
            if name != "unit" and cell:
                unit[name] = value_of(cell, scheme.variables[name].kind)
    return units


def value_of(cell: str, kind: Kind) -> Any:
    if kind is Kind.NUMBER:
        return Fraction(cell)
    if kind is Kind.DATE:
        return datetime.date.fromisoformat(cell)
    return truth(cell) if kind is Kind.BOOLEAN else cell


def flow(value: Any) -> str:
    """A value as one line of YAML, numbers as they were written."""
    match value:
        case dict():
            return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case bool() | str() | None:
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
