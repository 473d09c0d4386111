"""Formulas: what may be said, and what is refused with which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from mujun.scheme.expression import (
    Arithmetic,
    Column,
    Comparison,
    Conjunction,
    Date,
    Function,
    Kind,
    Membership,
    Negation,
    Negative,
    Number,
    Scale,
    Text,
    Truth,
)
from mujun.scheme.formula import (
    FormulaError,
    Named,
    Names,
    read_constant,
    understand,
    understand_condition,
    understand_number,
)
from mujun.scheme.units import parse_unit, shown

NAMES = Names(
    columns={
        "tax": Named(Kind.NUMBER, parse_unit("万元")),
        "levy": Named(Kind.NUMBER, parse_unit("亿元")),
        "land": Named(Kind.NUMBER, parse_unit("亩")),
        "index": Named(Kind.NUMBER, parse_unit("1")),
        "x": Named(Kind.NUMBER),
        "用电量": Named(Kind.NUMBER, parse_unit("千瓦时")),
        "industry": Named(Kind.TEXT),
        "listed": Named(Kind.BOOLEAN),
        "opened": Named(Kind.DATE),
    },
    constants={
        "cutoff": Date(date(2019, 4, 9)),
        "factor": Number(Fraction("2.5")),
        "pilots": (Text("鹿城区"), Text("龙湾区")),
    },
)
ALLOWED = (
    "可用：+ - * /、比较、and or not、in、"
    "missing()、coalesce()、min()、max()、abs()、ln()、exp()、sqrt()、full_years()。"
)
TAX, LEVY, LAND = Column("tax", Kind.NUMBER), Column("levy", Kind.NUMBER), Column("land", Kind.NUMBER)
X, INDUSTRY = Column("x", Kind.NUMBER), Column("industry", Kind.TEXT)
OPENED, CUTOFF = Column("opened", Kind.DATE), Date(date(2019, 4, 9))


def refusal(text: str, understanding: Callable[..., object] = understand, *more: object) -> str:
    with pytest.raises(FormulaError) as caught:
        understanding(text, NAMES, *more)
    return str(caught.value)


# --- what may be said -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("tax", TAX),
        ("用电量", Column("用电量", Kind.NUMBER)),
        ("0.1", Number(Fraction(1, 10))),
        ("1e3", Number(Fraction(1000))),
        ("-2.5", Number(Fraction("-2.5"))),
        ("+x", X),
        ("-tax", Negative(TAX)),
        ("tax / land", Arithmetic("/", TAX, LAND)),
        ("tax * x", Arithmetic("*", TAX, X)),
        ("x - 1", Arithmetic("-", X, Number(Fraction(1)))),
        ("2 * 3 / 4", Number(Fraction(3, 2))),
        ("tax + levy", Arithmetic("+", TAX, Scale(LEVY, Fraction(10000)))),
        ("factor", Number(Fraction("2.5"))),
        ("'甲'", Text("甲")),
        ("True", Truth(True)),
        ("abs(tax)", Function("abs", (TAX,), Kind.NUMBER)),
        ("min(tax, 5)", Function("min", (TAX, Number(Fraction(5))), Kind.NUMBER)),
        ("max(tax, levy)", Function("max", (TAX, Scale(LEVY, Fraction(10000))), Kind.NUMBER)),
        ("ln(index)", Function("ln", (Column("index", Kind.NUMBER),), Kind.NUMBER)),
        ("exp(x)", Function("exp", (X,), Kind.NUMBER)),
        ("sqrt(tax / levy)", Function("sqrt", (Scale(Arithmetic("/", TAX, LEVY), Fraction(1, 10**4)),), Kind.NUMBER)),
        ("coalesce(industry, '其他')", Function("coalesce", (INDUSTRY, Text("其他")), Kind.TEXT)),
        ("missing(industry)", Function("missing", (INDUSTRY,), Kind.BOOLEAN)),
        ("full_years(opened, cutoff)", Function("full_years", (OPENED, CUTOFF), Kind.NUMBER)),
    ],
)
def test_formula_is_understood(text: str, meaning: object) -> None:
    assert understand(text, NAMES).expression == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("land > 0", Comparison(">", LAND, Number(Fraction(0)), Kind.NUMBER)),
        ("tax <= levy", Comparison("<=", TAX, Scale(LEVY, Fraction(10000)), Kind.NUMBER)),
        ("industry != '其他'", Comparison("!=", INDUSTRY, Text("其他"), Kind.TEXT)),
        ("opened < cutoff", Comparison("<", OPENED, CUTOFF, Kind.DATE)),
        ("listed", Column("listed", Kind.BOOLEAN)),
        ("not listed", Negation(Column("listed", Kind.BOOLEAN))),
        ("industry in pilots", Membership(INDUSTRY, (Text("鹿城区"), Text("龙湾区")), Kind.TEXT, False)),
        ("industry not in ['甲']", Membership(INDUSTRY, (Text("甲"),), Kind.TEXT, True)),
        (
            "x in (1, 2)",
            Membership(X, (Number(Fraction(1)), Number(Fraction(2))), Kind.NUMBER, False),
        ),
        (
            "listed and x > 1 or missing(x)",
            Conjunction(
                False,
                (
                    Conjunction(
                        True,
                        (Column("listed", Kind.BOOLEAN), Comparison(">", X, Number(Fraction(1)), Kind.NUMBER)),
                    ),
                    Function("missing", (X,), Kind.BOOLEAN),
                ),
            ),
        ),
        (
            "0 < x <= 2",
            Conjunction(
                True,
                (
                    Comparison("<", Number(Fraction(0)), X, Kind.NUMBER),
                    Comparison("<=", X, Number(Fraction(2)), Kind.NUMBER),
                ),
            ),
        ),
    ],
)
def test_condition_is_understood(text: str, meaning: object) -> None:
    assert understand_condition(text, NAMES) == meaning


def test_numbers_are_taken_as_they_are_written_not_as_doubles() -> None:
    assert understand("0.1 + 0.2", NAMES).expression == Arithmetic(
        "+", Number(Fraction("0.1")), Number(Fraction("0.2"))
    )
    assert understand("4929.81", NAMES).expression == Number(Fraction("4929.81"))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("tax / land", "万元/亩"),
        ("tax * land", "万元·亩"),
        ("tax + levy", "万元"),
        ("levy - tax", "亿元"),
        ("tax / tax", "1"),
        ("2 * tax", "万元"),
        ("1 / land", "1/亩"),
        ("min(0, tax)", "万元"),
        ("abs(land)", "亩"),
        ("ln(index)", "1"),
    ],
)
def test_formula_has_the_unit_that_comes_out(text: str, unit: str) -> None:
    found = understand(text, NAMES).unit

    assert found is not None
    assert shown(found) == unit


def test_result_is_converted_to_the_unit_asked_for() -> None:
    ratio = Arithmetic("/", TAX, LAND)

    assert understand_number("tax / land", NAMES, parse_unit("万元/亩")) == ratio
    assert understand_number("tax / land", NAMES, parse_unit("元/平方米")) == Scale(ratio, Fraction(15))
    assert understand_number("x", NAMES, parse_unit("万元")) == X


# --- what is refused, and how it is said ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("__import__('os')", "__import__('os')"),
        ("__import__('os').system('ls')", "__import__('os').system('ls')"),
        ("tax.real", "tax.real"),
        ("tax.__class__", "tax.__class__"),
        ("lambda: 1", "lambda: 1"),
        ("tax ** 2", "tax ** 2"),
        ("tax // land", "tax // land"),
        ("tax % land", "tax % land"),
        ("tax if listed else land", "tax if listed else land"),
        ("[tax for tax in land]", "[tax for tax in land]"),
        ("tax[0]", "tax[0]"),
        ("{'a': 1}", "{'a': 1}"),
        ("(x := 1)", "x := 1"),
        ("f'{tax}'", "f'{tax}'"),
        ("~x", "~x"),
        ("tax @ land", "tax @ land"),
        ("x & 1", "x & 1"),
        ("eval('1')", "eval('1')"),
        ("pow(x, 2)", "pow(x, 2)"),
        ("min(x, y=1)", "min(x, y=1)"),
        ("max(x, *pilots)", "*pilots"),
        ("(1, 2)", "(1, 2)"),
        ("[1]", "[1]"),
    ],
)
def test_everything_else_is_refused_and_what_may_be_used_is_listed(text: str, part: str) -> None:
    assert refusal(text) == f"公式“{text}”里的“{part}”不能用。{ALLOWED}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x is 1", f"公式“x is 1”里的比较写法不能用。{ALLOWED}"),
        ("0x10", "公式“0x10”里的“0x10”不是十进制数。"),
        ("1j", "公式“1j”里的“1j”不是十进制数。"),
        ("None", "公式“None”里的“None”不是十进制数。"),
        ("b'a'", "公式“b'a'”里的“b'a'”不是十进制数。"),
        ("...", "公式“...”里的“...”不是十进制数。"),
    ],
)
def test_odd_literals_and_comparisons_are_refused(text: str, message: str) -> None:
    assert refusal(text) == message


def test_syntax_that_is_none_is_refused_with_its_place() -> None:
    assert refusal("tax land") == f"公式“tax land”写法不对（第5字附近）。{ALLOWED}"
    assert refusal("import os") == f"公式“import os”写法不对（第1字附近）。{ALLOWED}"


def test_money_and_land_do_not_add_up() -> None:
    assert refusal("tax + land") == "公式“tax + land”里的“tax + land”把单位万元与亩放在一起。请核对单位。"
    assert refusal("tax > land") == "公式“tax > land”里的“tax > land”把单位万元与亩放在一起。请核对单位。"
    assert refusal("max(tax, land)") == "公式“max(tax, land)”里的“land”把单位万元与亩放在一起。请核对单位。"


def test_bare_number_beside_a_quantity_is_refused_in_a_sum() -> None:
    assert refusal("tax + 5") == "公式“tax + 5”：单位是万元的数不能与没有单位的“5”相加减。"
    assert refusal("x - land") == "公式“x - land”：单位是亩的数不能与没有单位的“x”相加减。"


def test_unit_that_does_not_come_out_is_refused() -> None:
    assert refusal("tax / land", understand_number, parse_unit("吨")) == (
        "“tax / land”得出的单位是万元/亩，与所写单位吨不符。请改公式或单位。"
    )


def test_logarithm_of_a_quantity_is_refused() -> None:
    assert refusal("ln(tax)") == "公式“ln(tax)”：ln() 只能用于没有单位的数，这里是万元。"


def test_unknown_name_is_refused_with_the_nearest_one() -> None:
    assert refusal("txa / land") == "公式“txa / land”里没有叫“txa”的数据项。是不是“tax”？"
    assert refusal("zzz") == (
        "公式“zzz”里没有叫“zzz”的数据项。"
        "可用：tax、levy、land、index、x、用电量、industry、listed、opened、cutoff、factor、pilots。"
    )


def test_number_is_not_compared_with_text() -> None:
    assert refusal("tax > '5'") == "公式“tax > '5'”拿数值与文本相比。请核对两边的数据项。"
    assert refusal("opened < 2019") == "公式“opened < 2019”拿日期与数值相比。请核对两边的数据项。"
    assert refusal("industry in [1]") == "公式“industry in [1]”：in 两边的种类不同（文本与数值）。"


def test_truth_is_not_greater_than_truth() -> None:
    assert refusal("listed > True") == "公式“listed > True”：是否之间不能比大小。"


def test_text_is_not_computed_with_and_numbers_are_no_conditions() -> None:
    assert refusal("industry + 1") == "公式“industry + 1”里的“industry”是文本，不能参加计算。"
    assert refusal("x and listed") == "公式“x and listed”里的“x”是数值，不是条件。"
    assert refusal("tax", understand_condition) == "“tax”是数值，不是条件。请写成比较，例如 land > 0。"
    assert refusal("land > 0", understand_number, None) == "“land > 0”是是否，此处要数值。"


def test_list_stands_after_in_only() -> None:
    assert refusal("pilots") == "“pilots”是一组值，只能写在 in 的后面。"
    assert refusal("industry in tax") == (
        "公式“industry in tax”：in 后面须是 constants 里的一组值，或写成 ['甲', '乙']。"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("missing()", "公式“missing()”：missing() 须有1个参数。"),
        ("min(x)", "公式“min(x)”：min() 须有2个以上参数。"),
        ("full_years(opened)", "公式“full_years(opened)”：full_years() 须有2个参数。"),
        ("full_years(opened, x)", "公式“full_years(opened, x)”：full_years(起, 止) 的两个参数都须是日期。"),
        ("coalesce(x, industry)", "公式“coalesce(x, industry)”：coalesce() 的参数须是同一种类。"),
        ("min(x, industry)", "公式“min(x, industry)”里的“industry”是文本，不能参加计算。"),
    ],
)
def test_functions_want_their_arguments(text: str, message: str) -> None:
    assert refusal(text) == message


def test_division_by_a_written_zero_is_refused() -> None:
    assert refusal("tax / 0") == "公式“tax / 0”里除以0。"
    assert refusal("1 / 0.00") == "公式“1 / 0.00”里除以0。"


def test_formula_of_more_than_2000_characters_is_refused() -> None:
    at_most = f"industry == '{'长' * 1986}'"

    assert len(at_most) == 2000
    assert understand(at_most, NAMES).kind is Kind.BOOLEAN
    assert refusal(at_most + " ") == "公式长于2000字。请拆成几项。"


@pytest.mark.parametrize(
    "text", ["(" * 900 + "x" + ")" * 900, "-" * 1900 + "x", "not " * 490 + "listed", "x + " * 499 + "x"]
)
def test_deep_nesting_is_refused(text: str) -> None:
    assert refusal(text).startswith(f"公式“{text[:60]}")


@pytest.mark.parametrize("text", ["x\x00", "", "   ", "\n", "#"])
def test_nothing_and_control_characters_are_refused(text: str) -> None:
    assert refusal(text).startswith(f"公式“{text}”")


# --- constants --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "constant"),
    [
        (5, Number(Fraction(5))),
        ("2019-04-09", Date(date(2019, 4, 9))),
        ("2019-02-30", Text("2019-02-30")),
        ("余姚市", Text("余姚市")),
        (["甲", "乙"], (Text("甲"), Text("乙"))),
        ([], None),
        (True, None),
        (None, None),
        ([["甲"]], None),
    ],
)
def test_constant_is_a_number_a_date_a_text_or_a_list_of_them(value: object, constant: object) -> None:
    assert read_constant(value) == constant
