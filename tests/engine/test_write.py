"""The files of a result: what is in them, that they reconcile, and that they are whole."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mujun.dataset import AdoptedList
from mujun.digest import digest_bytes, digest_file
from mujun.engine import Evaluation
from mujun.findings import Finding, Severity
from tests.engine.conftest import FIRMS, SCHEME
from tests.examples import EXAMPLES, NAMES, evaluate_example, example_of

Written = Callable[..., tuple[Evaluation, dict[str, Any], Path]]
FILES = ["units.parquet", "details.parquet", "units.csv", "benchmarks.csv", "findings.csv", "scheme.yaml"]


def test_folder_holds_every_file_and_nothing_half_written(written: Written) -> None:
    _, _, out = written()

    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "evaluation.json"])


def test_evaluation_json_has_the_digests_of_all_other_files(written: Written) -> None:
    _, summary, out = written()

    assert json.loads((out / "evaluation.json").read_text(encoding="utf-8")) == summary
    assert list(summary["results"]) == FILES
    for name in FILES:
        assert summary["results"][name] == digest_file(out / name).as_dict()


def test_evaluation_json_says_what_was_evaluated_by_what(written: Written) -> None:
    _, summary, out = written()

    assert {key: summary[key] for key in ("scheme", "domain", "label", "trial", "provisional", "blocked")} == {
        **{"scheme": "firms", "domain": "manufacturing", "label": "小方案"},
        **{"trial": False, "provisional": True, "blocked": False},
    }
    assert summary["data_file"] == {"name": "firms.csv", **digest_bytes(b"firms").as_dict()}
    assert summary["scheme_file"] == {"name": "firms.yaml", **digest_file(out / "scheme.yaml").as_dict()}
    assert summary["assumptions"] == ["小方案：为测试而设"]
    assert "data_label" not in summary


def test_scheme_is_kept_byte_for_byte(written: Written) -> None:
    assert (written()[2] / "scheme.yaml").read_text(encoding="utf-8") == SCHEME


def test_same_input_gives_the_same_bytes(written: Written) -> None:
    first = written()[1]["results"]
    again = written(firms=list(reversed(FIRMS)))[1]["results"]

    for name in ("units.csv", "benchmarks.csv", "findings.csv"):
        assert again[name] == first[name]


def test_label_marks_the_data(written: Written) -> None:
    assert written(label="示例数据")[1]["data_label"] == "示例数据"


def test_adopted_list_is_named_with_its_document(written: Written) -> None:
    adopted = AdoptedList(("1", "2"), "督查激励名单", "浙政办发〔2019〕9号", "2019-05-08", "list.csv")

    assert written(adopted=adopted)[1]["adopted"] == {
        **{"file": "list.csv", "instrument": "督查激励名单", "document_number": "浙政办发〔2019〕9号"},
        **{"issued_on": "2019-05-08", "units": 2},
    }


# --- counts that reconcile --------------------------------------------------------------------------------------------


def test_counts_of_six_firms(written: Written) -> None:
    counts = written()[1]["counts"]

    assert {key: value for key, value in counts.items() if key != "groups"} == {
        **{"units": 6, "not_eligible": 1, "eligible": 5, "exempt": 1, "without_score": 0, "ranked": 4},
        **{"selected": 1, "reserve": 0, "tiers": {"A": 2, "B": 2}, "no_tier": 0},
    }
    assert list(counts["groups"]) == ["全部"]


def every_count(counts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield counts
    yield from counts["groups"].values()


@pytest.mark.parametrize("path", EXAMPLES, ids=NAMES)
def test_counts_reconcile_in_all_and_by_group(path: Path) -> None:
    """Every unit stands in one line; the groups add up to the eligible."""
    from mujun.engine.counts import count_units

    evaluation = evaluate_example(example_of(path))
    counts = count_units(evaluation)

    assert counts["units"] == evaluation.units.height
    for some in every_count(counts):
        assert some["units"] == some["not_eligible"] + some["ranked"] + some["exempt"] + some["without_score"]
        assert some["eligible"] == some["units"] - some["not_eligible"]
        if "tiers" in some:
            assert some["ranked"] == sum(some["tiers"].values()) + some["no_tier"]
    for key in ("eligible", "ranked", "exempt", "without_score", "selected", "reserve"):
        assert sum(group[key] for group in counts["groups"].values()) == counts[key]


# --- the tables -------------------------------------------------------------------------------------------------------


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_units_csv_has_the_contract_s_columns_in_their_order(written: Written) -> None:
    rows = read_csv(written()[2] / "units.csv")

    assert list(rows[0]) == [
        *("key", "name", "eligible", "excluded_because"),
        *("value:per_mu", "value:research", "score:total", "score:per_mu", "score:research"),
        *("points:per_mu", "points:research", "adjustment", "score"),
        *("rank", "group_size", "tier", "selected", "reserve", "flags"),
    ]
    assert [row["key"] for row in rows] == list("123456")


def test_ineligible_unit_has_its_reason_and_nothing_else(written: Written) -> None:
    row = read_csv(written()[2] / "units.csv")[5]

    assert {name: cell for name, cell in row.items() if cell} == {
        **{"key": "6", "name": "六厂", "eligible": "false", "excluded_because": "有用地", "selected": "false"},
    }


def test_parquet_holds_the_same_units_with_full_doubles(written: Written) -> None:
    evaluation, _, out = written()

    units = pl.read_parquet(out / "units.parquet")
    assert units.equals(evaluation.units)
    assert units["value:per_mu"][2] == 40 / 3


def test_findings_of_the_data_come_with_those_of_the_evaluation(written: Written) -> None:
    negative = Finding(
        Severity.ERROR, "negative", "是负数，含逗号和“引号”。", "请核对。", "a.csv", "表", "B2", unit="3"
    )

    _, summary, out = written(findings=[negative])

    assert read_csv(out / "findings.csv") == [
        {
            **{"severity": "error", "code": "negative", "file": "a.csv", "sheet": "表", "cell": "B2", "unit": "3"},
            **{"variable": "", "message": "是负数，含逗号和“引号”。", "mend": "请核对。"},
        }
    ]
    assert summary["findings"] == {"error": 1, "warning": 0, "info": 0}
    assert summary["blocked"]


def test_files_have_unix_line_ends_and_no_byte_order_mark(written: Written) -> None:
    """The same bytes everywhere."""
    _, _, out = written()

    for name in ("units.csv", "benchmarks.csv", "findings.csv", "evaluation.json"):
        data = (out / name).read_bytes()
        assert b"\r" not in data
        assert data[:1] in b"kns{"
        assert data[-1:] == b"\n"


def test_writing_again_replaces_what_was_there(written: Written) -> None:
    _, _, out = written(findings=[Finding(Severity.INFO, "old", "旧")])
    (out / "kept.txt").write_text("别人的", encoding="utf-8")

    written()

    assert read_csv(out / "findings.csv") == []
    assert (out / "kept.txt").exists()
