"""Units of a table found in the register: matched or asked about, never dropped."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from mujun.findings import Severity
from mujun.register import Register, Resolved, make_register, resolve_units
from mujun.register.match import MATCHED, MatchKind
from tests.register.firms import ROWS, code, table

DAY = date(2019, 4, 9)


def resolve(register: Register, *rows: tuple[str | None, ...]) -> Resolved:
    return resolve_units(table(*rows), register, DAY)


@pytest.mark.parametrize(
    ("key", "name", "kind", "matched"),
    [
        (code(1), "示例甲机械有限公司", "same", code(1)),
        (code(1), "示例甲机械有限公司　 ", "same", code(1)),
        (code(1), None, "same", code(1)),
        (code(2), "示例乙新材料(浙江)有限公司", "same", code(2)),
        (code(8), "示例庚股份有限公司", "same", code(8)),
        (code(8), "＊ST示例庚股份有限公司", "same", code(8)),
        (code(1).lower(), "示例甲机械有限公司", "code_written_otherwise", code(1)),
        (f"'{code(1)} ", "示例甲机械有限公司", "code_written_otherwise", code(1)),
        (code(2), "示例乙纺织（浙江）有限公司", "renamed", code(2)),
        (code(5), "示例戊化工有限公司", "recoded", code(6)),
        (code(1), "毫不相干有限公司", "name_differs", code(1)),
        (code(8), "示例甲机械有限公司", "name_of_another", None),
        (code(3), "示例丙电子有限公司", "merged", None),
        (code(4), "示例丁食品有限公司", "closed", None),
        (code(7), "示例己汽车零部件有限公司", "not_yet", None),
        (code(1).replace("0", "O", 1), None, "looks_like", None),
        ("没有", "示例甲机械有限公司", "by_name", None),
        ("没有", "示例乙纺织（浙江）有限公司", "by_name", None),
        ("没有", "示例甲机戒有限公司", "near", None),
        ("没有", "风马牛", "unknown", None),
        (None, None, "unknown", None),
    ],
)
def test_way(register: Register, key: str | None, name: str | None, kind: str, matched: str | None) -> None:
    resolved = resolve(register, (key, name))
    assert resolved.rows.select("kind", "matched").rows() == [(kind, matched)]


def test_every_kind_is_tried_above() -> None:
    marks = [mark for mark in test_way.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert {case[2] for case in marks[0].args[1]} == {kind.value for kind in MatchKind}


def test_what_is_not_matched_is_always_told_and_a_merger_blocks(register: Register) -> None:
    rows = [(row[0], row[1]) for row in ROWS if row[0] != code(2)] + [("没有", "风马牛")]
    resolved = resolve(register, *rows)
    asked = resolved.rows.filter(pl.col("matched").is_null())["key"].to_list()
    assert asked == [code(3), code(4), code(7), "没有"]
    told = {finding.unit: finding.severity for finding in resolved.findings}
    assert [told[key] for key in asked] == [Severity.ERROR, Severity.WARNING, Severity.ERROR, Severity.ERROR]


def test_messages_say_what_became_of_a_unit(register: Register) -> None:
    (renamed,) = resolve(register, (code(2), "示例乙纺织（浙江）有限公司")).findings
    assert renamed.message == (
        f"“示例乙纺织（浙江）有限公司”（{code(2)}）与名录是同一家："
        "自2018-06-01起更名为“示例乙新材料（浙江）有限公司”（依据示例通知书）。"
    )
    assert renamed.mend == "名称请改为“示例乙新材料（浙江）有限公司”。"
    (merged,) = resolve(register, (code(3), "示例丙电子有限公司")).findings
    assert merged.mend.startswith(f"是不是“示例甲机械有限公司”（{code(1)}）？")


def test_old_and_new_code_of_one_firm_are_one_unit_twice(register: Register) -> None:
    resolved = resolve(register, (code(5), "示例戊化工有限公司"), (code(6), "示例戊化工有限公司"))
    assert resolved.codes.to_list() == [code(6), code(6)]
    assert [finding.code for finding in resolved.findings] == ["unit_recoded", "unit_twice"]


def test_earlier_day_goes_back_to_the_old_code(register: Register) -> None:
    resolved = resolve_units(table((code(6), "示例戊化工有限公司")), register, date(2018, 1, 1))
    assert resolved.rows.select("kind", "matched").rows() == [("recoded", code(5))]


def test_names_written_otherwise_are_one_note(register: Register) -> None:
    rows = [(code(1), "示例甲机械有限公司 "), (code(8), "示例庚股份有限公司")]
    (note,) = resolve(register, *rows).findings
    assert (note.code, note.severity) == ("names_written_otherwise", Severity.INFO)
    assert note.message.startswith("2个名称的写法与名录略有不同")


def test_county_other_than_registered_is_told(register: Register) -> None:
    moved, stayed = (code(1), "示例甲机械有限公司", "余杭区"), (code(8), "*ST示例庚股份有限公司", "温岭市 ")
    (finding,) = resolve(register, moved, stayed).findings
    assert (finding.code, finding.unit) == ("unit_moved", code(1))


def test_units_without_a_row_are_named(register: Register) -> None:
    assert [key for key, _ in resolve(register, (code(1), None)).absent] == [code(2), code(6), code(8)]


def test_leading_zeros_lost_to_a_spreadsheet_are_found() -> None:
    parks = make_register(
        pl.DataFrame({"code": ["0012", "0120"], "name": ["示例园甲", "示例园乙"]}), credit_codes=False
    )
    resolved = resolve_units(table(("12", "示例园甲"), ("120", "示例园乙")), parks.register, DAY)
    assert resolved.codes.to_list() == ["0012", "0120"]
    assert {finding.severity for finding in resolved.findings} == {Severity.WARNING}


def test_rows_keep_their_order_and_number_whatever_happens(register: Register) -> None:
    frame = table((code(8), None), ("没有", "风马牛"), (code(1), None)).with_columns(row=pl.Series([5, 6, 9]))
    resolved = resolve_units(frame, register, DAY)
    assert resolved.rows.select("key", "row").rows() == [(code(8), 5), ("没有", 6), (code(1), 9)]


def test_50000_units_each_found_once() -> None:
    codes = [code(number) for number in range(50_000)]
    names = [f"示例第{number}机械（浙江）有限公司" for number in range(50_000)]
    known = make_register(pl.DataFrame({"code": codes, "name": names}), credit_codes=False).register
    frame = pl.DataFrame({"unit:key": codes[::-1], "unit:name": [name.replace("（", "(") for name in names[::-1]]})
    resolved = resolve_units(frame, known, DAY)
    assert resolved.codes.to_list() == codes[::-1]
    assert [finding.code for finding in resolved.findings] == ["names_written_otherwise"]


def test_single_unit_is_resolved_alike(register: Register) -> None:
    match = register.resolve(code(5), "示例戊化工有限公司", DAY)
    assert (match.kind, match.code, match.kind in MATCHED) == (MatchKind.RECODED, code(6), True)
    assert register.resolve("没有", "示例甲机戒有限公司", DAY).proposals == ((code(1), "示例甲机械有限公司"),)
