"""One list, four forms: read back with other readers than those that are shipped, they say the same rows."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import jsonschema
import openpyxl
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from mujun.documents.published import SCHEMA_FILE, list_files
from mujun.findings import CannotGoOn
from mujun.proof.offline.lists import guard, list_table, read_csv, read_html, read_xlsx, unguard
from mujun.proof.published_list import ListGroup, PublishedList, list_bytes, list_record
from tests.proof.lists import SMALL, issued

DANGEROUS = "=+-@\t\r＝'"
PIECES = [*DANGEROUS, "甲", "a", "1", '"', ",", ";", "<", "&", "_x000D_", " ", "\n"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=5).map("".join)
NUMBER = st.none() | st.integers(-(10**6), 10**6).map(lambda n: Decimal(n) / 10_000).map(
    lambda n: n.quantize(Decimal("0.0001"))
)
ROW = st.tuples(st.integers(0, 999).map(lambda n: f"厂{n}"), TEXT, NUMBER, TEXT)


def with_rows(rows: list[tuple[str, str, Decimal | None, str]]) -> PublishedList:
    distinct = tuple({(row[0], row[1]): row for row in rows}.values())
    return evolve(SMALL, groups=(ListGroup("=甲类", len(distinct), distinct),), count=len(distinct))


def test_p07_all_forms_have_the_same_rows_as_other_readers_see_them() -> None:
    forms = list_files(SMALL).forms
    expected = [
        ["甲类", "1", "甲厂", "某县", "101.5000", "亩均税收"],
        ["甲类", "2", "乙厂", "某县", "", ""],
        ["乙类", "1", "丙厂", "别县", "-0.2500", "亩均税收、研发"],
    ]

    assert list_table(list_record(SMALL)) == [["分类", "序号", "企业", "县", "总分", "突出之处"], *expected]
    assert forms["csv"][:3] == b"\xef\xbb\xbf"
    read = list(csv.reader(io.StringIO(forms["csv"].decode("utf-8-sig"), newline="")))
    assert [row[:-1] for row in read[1:]] == expected
    sheet = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))["名单"]
    cells = [[cell.value or None for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert cells == [
        ["甲类", 1, "甲厂", "某县", 101.5, "亩均税收"],
        ["甲类", 2, "乙厂", "某县", None, None],
        ["乙类", 1, "丙厂", "别县", -0.25, "亩均税收、研发"],
    ]
    assert [sheet.cell(row, 5).number_format for row in (5, 7)] == ["0.0000", "0.0000"]
    assert read_html(forms["html"], list_record(SMALL))[1:] == expected


@given(st.lists(ROW, max_size=5))
@settings(max_examples=60, deadline=None)
def test_p07_x10_forms_agree_whatever_the_cells_hold(rows: list[tuple[str, str, Decimal | None, str]]) -> None:
    published = with_rows(rows)
    forms, record = list_files(published).forms, json.loads(list_bytes(published))
    table = list_table(record)

    assert read_csv(forms["csv"], record) == table
    assert read_xlsx(forms["xlsx"], record) == table
    assert read_html(forms["html"], record) == table


@pytest.mark.parametrize("start", DANGEROUS)
def test_x10_text_that_looks_like_a_formula_stays_text(start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    forms = list_files(with_rows([("厂", "县", Decimal("-1.5000"), text)])).forms

    sheet = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))["名单"]
    written = sheet.cell(5, 6)
    assert (written.data_type, unescape(written.value)) == ("s", text)
    assert (sheet.cell(5, 5).data_type, sheet.cell(5, 5).value) == ("n", -1.5)
    row = list(csv.reader(io.StringIO(forms["csv"].decode("utf-8-sig"), newline="")))[1]
    assert row[5] == (f"'{text}" if start != "'" else text)
    assert row[4] == "-1.5000"  # a negative number stays a number


@given(st.text(st.sampled_from([*DANGEROUS, "a"]), max_size=4))
def test_x10_guard_can_be_taken_off(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in tuple("=+-@\t\r＝")


def test_json_is_as_its_schema_says() -> None:
    schema = json.loads(SCHEMA_FILE.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    for published in (SMALL, issued()):
        assert list(validator.iter_errors(json.loads(list_bytes(published)))) == []
    broken = {**json.loads(list_bytes(SMALL)), "phone": "13800000000"}
    assert [error.validator for error in validator.iter_errors(broken)] == ["additionalProperties"]


def test_page_stands_alone() -> None:
    page = list_files(evolve(SMALL, title="<script>x</script>")).forms["html"].decode()

    assert "<h1>&lt;script&gt;x&lt;/script&gt;名单</h1>" in page
    assert [
        word for word in ("<script", "http", "src=", "@import", "url(", " on") if word in page.split("<body>")[1]
    ] == []
    assert "url(" not in page


def test_same_list_gives_the_same_bytes() -> None:
    assert list_files(SMALL) == list_files(SMALL)


def test_w25_list_that_does_not_add_up_is_not_written() -> None:
    with pytest.raises(CannotGoOn) as refused:
        list_files(evolve(SMALL, count=36))

    assert [finding.message for finding in refused.value.findings] == ["共36个，各类相加却是2＋1＝3个。"]
