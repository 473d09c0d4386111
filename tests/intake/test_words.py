from __future__ import annotations

import polars as pl

from mujun.intake.words import plain, trim, without_missing


def test_trim_cuts_blanks_nobody_sees_and_keeps_those_inside() -> None:
    texts = pl.Series(["\u3000甲 乙\u00a0", "\ufeffA\t", " \u200b ", None])
    assert trim(texts).to_list() == ["甲 乙", "A", None, None]


def test_marks_for_no_data_in_any_width_and_case() -> None:
    marks = ["", "/", "／", "-", "－", "—", "——", "…", "……", "N/A", "n/a", "Ｎ／Ａ", "ｎ/Ａ", "无", " 无　"]
    assert without_missing(pl.Series(marks)).drop_nulls().to_list() == []


def test_marks_of_the_variable_are_missing_too() -> None:
    assert without_missing(pl.Series(["-999", "－９９９", "999", "不详"]), ["-999", "不详"]).to_list() == [
        None,
        None,
        "999",
        None,
    ]


def test_what_only_holds_a_mark_is_kept() -> None:
    assert without_missing(pl.Series(["无锡", "1/2", "A-1", "NA"])).to_list() == ["无锡", "1/2", "A-1", "NA"]


def test_plain_compares_headers_without_width_blanks_and_case() -> None:
    assert plain("税 收\n（万元）") == "税收(万元)"
    assert plain("ＵＳＣＣ") == "uscc"
