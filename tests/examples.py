"""The examples worked by hand that come with the schemes, read and evaluated. Judges nothing."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any

from mujun.dataset import AdoptedList, Dataset
from mujun.engine import Evaluation, evaluate
from mujun.engine.printed import printed_units
from mujun.law import PROGRAMME, Law, load_law
from mujun.scheme import Scheme, find_scheme, load_scheme
from mujun.scheme.expression import Kind
from mujun.yaml_source import read_yaml
from tests.agreement import dataset_of

EXAMPLES = sorted(PROGRAMME.glob("*/examples/*.yaml"))
NAMES = [f"{path.parent.parent.name}/{path.stem}" for path in EXAMPLES]


@cache
def law() -> Law:
    return load_law()


def example_of(path: Path) -> dict[str, Any]:
    data, findings = read_yaml(path)
    assert findings == []
    return dict(data)


def rows_of(scheme: Scheme, units: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The example's units; dates in YAML 1.2 are text."""
    kinds = {name: variable.kind for name, variable in scheme.variables.items()}
    unknown = {name for unit in units for name in unit} - {"key", "name", *kinds}
    assert unknown == set()
    return [
        {
            name: datetime.date.fromisoformat(value) if kinds.get(name) is Kind.DATE else plain(value)
            for name, value in unit.items()
        }
        for unit in units
    ]


def plain(value: Any) -> Any:
    """Text and truth as they are, numbers as the doubles that a file would bring."""
    return value if isinstance(value, str | bool) or value is None else float(value)


@cache
def scheme_named(name: str) -> Scheme:
    """A shipped scheme, such as `2019/manufacturing`."""
    return load_scheme(find_scheme(name), law())


def dataset_named(name: str, units: list[dict[str, Any]]) -> Dataset:
    scheme = scheme_named(name)
    return dataset_of(scheme, rows_of(scheme, units))


def evaluate_example(example: dict[str, Any]) -> Evaluation:
    name, previous, listed = example["scheme"], example.get("previous"), example.get("adopted")
    adopted = None
    if listed:
        keys = tuple(entry["key"] for entry in listed)
        adopted = AdoptedList(keys, listed[0]["instrument"], listed[0]["document_number"], listed[0]["issued_on"])
    return evaluate(
        scheme_named(name),
        dataset_named(name, example["units"]),
        previous=dataset_named(name, previous) if previous else None,
        adopted=adopted,
    )


def printed(example: dict[str, Any]) -> dict[str, dict[str, str]]:
    """units.csv by key."""
    return {row["key"]: row for row in printed_units(evaluate_example(example)).to_dicts()}
