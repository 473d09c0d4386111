import polars as pl

from mujun.demo.names import county_names, credit_codes, divisions, incentive_counties, invented_names

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def outer_check(code: str) -> str:
    """GB 32100-2015, one sign at a time."""
    total = sum(ALPHABET.index(sign) * 3**place for place, sign in enumerate(code[:17]))
    return ALPHABET[-total % 31]


def inner_check(subject: str) -> str:
    """GB 11714."""
    total = sum(int(sign, 36) * weight for sign, weight in zip(subject[:8], (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0123456789X"[-total % 11]


def test_the_check_of_the_tests_knows_a_published_example() -> None:
    assert outer_check("91110000600037341L") == "L"
    assert inner_check("600037341") == "1"


def test_credit_codes_are_valid_and_of_a_division_that_does_not_exist() -> None:
    codes = credit_codes("M", 1000).to_list()
    assert {len(code) for code in codes} == {18}
    assert {code[:9] for code in codes} == {"91339999M"}
    assert [code for code in codes if outer_check(code) != code[17] or inner_check(code[8:17]) != code[16]] == []
    assert len(set(codes)) == 1000
    assert "339999" not in {code for code, _, _ in divisions()}


def test_names_say_that_they_are_invented() -> None:
    names = invented_names(pl.Series(["机械有限公司"] * 2), pl.Series(["（示例）", "（示例·四星）"]))
    assert names.to_list() == ["竹槿1号机械有限公司（示例）", "岚葵2号机械有限公司（示例·四星）"]


def test_counties_are_the_89_and_longgang_comes_after_them() -> None:
    assert len(county_names()) == 89
    assert divisions()[-1] == ("330383", "龙港市", "县级市")
    assert set(incentive_counties()) < set(county_names())
