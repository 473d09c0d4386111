from __future__ import annotations

import pytest

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.submit.waive import needless, read_wishes, weigh

ASKED = frozenset({"renamed"})


def warning(code: str, unit: str = "") -> Finding:
    return Finding(Severity.WARNING, code, "原文", "请核对。", unit=unit)


def test_one_reason_covers_all_findings_of_its_code() -> None:
    findings = [warning("renamed", "A"), warning("renamed", "B"), warning("empty_cells")]
    weighed = weigh(findings, read_wishes(["renamed=同一家"]), ASKED, "税务", "张三", "2019-04-12")
    assert weighed.open == ()
    assert [finding.mend for finding in weighed.findings] == ["已说明理由：同一家（张三）。"] * 2 + ["请核对。"]
    (waiver,) = weighed.waivers
    assert (waiver.code, waiver.who, waiver.why, waiver.at) == ("renamed", "张三", "同一家", "2019-04-12")
    assert (waiver.form, waiver.units, waiver.findings) == ("税务", ("A", "B"), 2)


def test_a_reason_for_one_unit_leaves_the_others_open() -> None:
    findings = [warning("renamed", "A"), warning("renamed", "B")]
    weighed = weigh(findings, read_wishes(["renamed:A=同一家"]), ASKED, "税务", "张三", "2019-04-12")
    assert [finding.unit for finding in weighed.open] == ["B"]
    assert [waiver.units for waiver in weighed.waivers] == [("A",)]


def test_several_units_are_written_with_any_comma() -> None:
    assert [wish.units for wish in read_wishes(["renamed:A,B，C、D=同一家"])] == [("A", "B", "C", "D")]


@pytest.mark.parametrize("text", ["renamed", "renamed=", "=同一家", "renamed= "])
def test_a_waiver_without_a_reason_is_refused(text: str) -> None:
    with pytest.raises(CannotGoOn, match="没有写明理由"):
        read_wishes([text])


def test_reasons_nobody_asked_for_are_told() -> None:
    error = Finding(Severity.ERROR, "not_a_number", "原文")
    wishes = read_wishes(["not_a_number=没事", "empty_cells=没有", "renamed=同一家"])
    told = needless([error, warning("empty_cells")], wishes, ASKED)
    assert [(finding.code, finding.message) for finding in told] == [
        ("waiver_refused", "“not_a_number”是错误，不能特批。"),
        ("waiver_not_needed", "“empty_cells”只是提醒，不用说明理由，所写的理由没有记下。"),
        ("waiver_not_needed", "这批文件里没有“renamed”要说明理由，所写的理由没有记下。"),
    ]


def test_an_error_is_never_set_aside() -> None:
    error = Finding(Severity.ERROR, "renamed", "原文")
    weighed = weigh([error], read_wishes(["renamed=同一家"]), ASKED, "税务", "张三", "2019-04-12")
    assert weighed.findings == (error,)
    assert weighed.waivers == ()
