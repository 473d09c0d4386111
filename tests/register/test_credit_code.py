"""统一社会信用代码: norms of GB 32100—2015, with codes that other checkers refuse."""

from __future__ import annotations

import pytest

from mujun.findings import Severity
from mujun.register import Override, check_credit_code
from mujun.register.credit_code import SIGNS

KNOWN = "91110000600037341L"
"""The example in the documentation of python-stdnum."""


def codes_of(text: str, **override: Override) -> list[str]:
    return [
        finding.code
        for finding in check_credit_code(text, {f"{KNOWN[:-1]}A": one for one in override.values()}).findings
    ]


@pytest.mark.parametrize("text", [KNOWN, "N2330106MF1234567L"])
def test_code_of_a_firm_and_of_a_village_collective_pass(text: str) -> None:
    checked = check_credit_code(text)
    assert (checked.code, checked.findings, checked.valid) == (text, (), True)


def test_alphabet_has_31_signs_and_none_that_is_mistaken() -> None:
    assert len(SIGNS) == 31
    assert set("IOSVZ").isdisjoint(SIGNS)


def test_every_single_slip_and_every_swap_of_neighbours_is_noticed() -> None:
    slips = {KNOWN[:place] + sign + KNOWN[place + 1 :] for place in range(18) for sign in SIGNS} - {KNOWN}
    swaps = {KNOWN[:place] + KNOWN[place + 1] + KNOWN[place] + KNOWN[place + 2 :] for place in range(17)} - {KNOWN}
    assert len(slips) == 18 * 30
    assert [text for text in slips | swaps if check_credit_code(text).valid] == []


def test_full_width_lower_case_and_blanks_are_read_and_the_change_is_shown() -> None:
    checked = check_credit_code(" ９1110000-600037341l ")
    assert (checked.code, checked.valid) == (KNOWN, True)
    assert [(one.severity, one.message) for one in checked.findings] == [
        (
            Severity.INFO,
            f"代码“ ９1110000-600037341l ”读作“{KNOWN}”（全角改半角、小写改大写，并去掉空格、短横和撇号）。",
        )
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "credit_code_missing"),
        ("600037341", "credit_code_length"),
        ("9111000060003734IL", "credit_code_sign"),
        ("91110000600037341A", "credit_code_check"),
    ],
)
def test_each_fault_has_its_own_finding(text: str, code: str) -> None:
    assert codes_of(text) == [code]


def test_look_alike_letter_is_proposed_when_the_check_then_agrees() -> None:
    assert (
        check_credit_code("9111000060003734IL").findings[0].mend == f"是不是“{KNOWN}”（校验相符）？请对照营业执照核对。"
    )


def test_override_needs_who_why_and_document() -> None:
    complete = Override("示例科长", "执照即如此", "执照扫描件.pdf")
    assert codes_of("91110000600037341A", one=complete) == ["credit_code_override"]
    assert codes_of("91110000600037341A", one=Override("示例科长", "执照即如此", "")) == ["credit_code_check"]
    checked = check_credit_code("91110000600037341A", {"91110000600037341A": complete})
    assert checked.valid
    assert "已由示例科长核准使用：执照即如此；依据：执照扫描件.pdf" in checked.findings[0].message
