"""A unit's full result as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mujun.engine import Evaluation
from mujun.engine.printed import printed_units
from mujun.engine.unit_records import unit_records

CELLS = {"3": {"tax": ["税务.xlsx!填报!C4 sha256:00"]}}


def test_record_holds_values_and_result_as_they_print(
    written: Callable[..., tuple[Evaluation, dict[str, Any], Path]],
) -> None:
    evaluation = written()[0]
    printed = printed_units(evaluation)
    records = unit_records(evaluation.scheme, printed, evaluation.details, {"name": "firms.csv"}, CELLS)

    assert list(records) == ["1", "2", "3", "4", "5", "6"]
    third = records["3"]
    assert (third["key"], third["name"], third["data"]) == ("3", "三厂", {"name": "firms.csv"})
    assert third["scheme"] == {"id": "firms", **evaluation.scheme.digest.as_dict()}
    assert third["values"] == {
        "tax": "40",
        "land": "3",
        "rd": "2",
        "accidents": "0",
        "penalties": "2",
        "young": "否",
    }
    assert third["result"] == printed.row(2, named=True)
    assert third["cells"] == {"tax": ["税务.xlsx!填报!C4 sha256:00"]}
    assert (records["6"]["values"]["land"], records["6"]["cells"]) == ("", {})
