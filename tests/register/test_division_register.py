"""Counties as units: old codes are matched to the one of the day."""

from __future__ import annotations

from datetime import date

from mujun.register import load_divisions, register_of, resolve_units
from tests.register.firms import table


def test_wrong_vintage_codes_are_matched_or_asked_about() -> None:
    divisions = load_divisions()
    assert divisions is not None
    counties = table(("330102", "上城区"), ("330621", "绍兴县"), ("330383", "龙港市"), ("330204", "江东区"))
    resolved = resolve_units(counties, register_of(divisions), date(2019, 4, 9))
    assert resolved.codes.to_list() == ["330102", "330603", None, None]
    assert resolved.rows["kind"].to_list() == ["same", "recoded", "not_yet", "merged"]
    assert [finding.code for finding in resolved.findings] == ["unit_recoded", "unit_not_yet", "unit_merged"]
    assert "是不是“鄞州区”（330212）？" in resolved.findings[2].mend


def test_all_89_are_there() -> None:
    divisions = load_divisions()
    assert divisions is not None
    assert len(register_of(divisions).units(date(2019, 4, 9))) == 89
