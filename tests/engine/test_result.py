"""A folder of results is read back only as it was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mujun.engine import Evaluation
from mujun.engine.result import read_result
from mujun.findings import CannotGoOn
from mujun.law import Law

Written = Callable[..., tuple[Evaluation, dict[str, Any], Path]]
CHANGED = "文件与评价时的指纹不符，已被改动或缺失。请重新评价。"


def refusal(folder: Path) -> list[str]:
    with pytest.raises(CannotGoOn) as caught:
        read_result(folder, Law({}))
    return [str(finding) for finding in caught.value.findings]


def test_result_is_what_was_written(written: Written) -> None:
    evaluation, summary, out = written()

    result = read_result(out, Law({}))

    assert result.units.equals(evaluation.units)
    assert result.details.equals(evaluation.details)
    assert result.summary == summary
    assert (result.scheme.id, result.scheme.digest) == (evaluation.scheme.id, evaluation.scheme.digest)
    assert result.benchmarks[0] == {
        **{"node": "per_mu", "step": "0", "scope": "all", "n": "5", "statistic": "ratio_of_sums", "value": "19.29"},
    }


@pytest.mark.parametrize("name", ["units.csv", "units.parquet", "details.parquet", "benchmarks.csv", "scheme.yaml"])
def test_file_of_which_one_byte_was_changed_is_refused(written: Written, name: str) -> None:
    _, _, out = written()
    data = bytearray((out / name).read_bytes())
    data[len(data) // 2] ^= 1
    (out / name).write_bytes(data)

    assert refusal(out) == [f"{name} {CHANGED}"]


def test_all_files_that_lack_or_were_changed_are_named_at_once(written: Written) -> None:
    _, _, out = written()
    (out / "units.csv").unlink()
    (out / "findings.csv").write_text("", encoding="utf-8")

    assert refusal(out) == [f"units.csv {CHANGED}", f"findings.csv {CHANGED}"]


def test_folder_without_a_result_is_told_so(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing") == [
        f"nothing “{tmp_path / 'nothing'}”里没有 evaluation.json，不是评价结果。"
        "请给出 mujun evaluate 或 mujun run 写出的某个领域的文件夹。"
    ]
