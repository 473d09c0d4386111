"""An indicator leaves with what is its own, and stays while something else needs it."""

from __future__ import annotations

import pytest

from mujun.findings import CannotGoOn
from mujun.law import PROGRAMME
from mujun.scheme.amend import compare, put_entries, removal_of, remove_indicator


def scheme(name: str) -> str:
    return (PROGRAMME / "2019" / "schemes" / f"{name}.yaml").read_text(encoding="utf-8")


def test_indicator_leaves_with_its_lines_and_its_place_among_ties() -> None:
    parks = scheme("micro_park")
    after = remove_indicator(parks, "tax_per_mu")

    head, _, rest = parks.partition("    - id: tax_per_mu\n")
    rest = "    - id: output_per_mu\n" + rest.partition("    - id: output_per_mu\n")[2]
    assert after == head + rest.replace("tie_break: [tax_per_mu, tax]", "tie_break: [tax]")
    assert [str(one) for one in compare(parks, after)] == ["指标 亩均税收 入驻企业税收合计 / 园区用地面积→（无）"]


def test_what_goes_with_it_is_told() -> None:
    removal = removal_of(scheme("micro_park"), "tax_per_mu")
    assert removal is not None

    assert (removal.label, removal.unused, removal.against) == ("亩均税收", (), ())
    assert removal.takes == (
        "亩均税收的权重25；基准值：合计之比；分档：满1得0.4，满1.5得0.6，满2得0.8，满2.5得0.9，满3得1；不到最低一档得0",
        "写好的理由3条",
        "总分相同时比的“亩均税收”；以后比入驻企业税收合计",
    )


def test_dimension_leaves_with_all_below_it() -> None:
    parks = scheme("micro_park")
    removal = removal_of(parks, "firm_cultivation")
    assert removal is not None
    after = remove_indicator(parks, "firm_cultivation")

    assert [one.partition("的")[0] for one in removal.takes] == [
        "企业培育", "每百家企业规模以上企业数", "每百家企业科技型中小企业数", "每百家企业当年小升规企业数", "写好",
    ]  # fmt: skip
    assert removal.unused == ("规模以上企业数", "科技型中小企业数", "当年小升规企业数")
    head, _, rest = parks.partition("    - id: firm_cultivation\n")
    assert after == head + "    - id: high_end_factors\n" + rest.partition("    - id: high_end_factors\n")[2]


def test_only_tie_break_leaves_an_empty_order() -> None:
    counties = scheme("county")
    removal = removal_of(counties, "mu_performance")
    assert removal is not None

    assert removal.takes[-1] == "总分相同时比的“亩均绩效、亩均税收”；以后不再比别的，并列"
    assert "ranking: {ties: min, tie_break: []}\n" in remove_indicator(counties, "mu_performance")


def test_last_of_a_dimension_stays() -> None:
    with pytest.raises(CannotGoOn) as told:
        remove_indicator(scheme("county"), "innovation_rating")

    assert [(one.message, one.mend) for one in told.value.findings] == [
        ("“改革创新性工作”下面只有这一项，去掉就空了。", "请先在它下面添一项，或去掉整个“改革创新性工作”。")
    ]


def test_indicator_that_a_tier_asks_for_stays_until_the_tier_no_longer_does() -> None:
    condition = "tiers/levels/0/when"
    parks = put_entries(scheme("micro_park"), {condition: "stars >= 4 and platform_count > 0.4 and '亩均税收' != ''"})
    with pytest.raises(CannotGoOn) as told:
        remove_indicator(parks, "high_end_factors")

    assert [(one.message, one.mend) for one in told.value.findings] == [
        ("A档（第1行）的条件用到“公共服务平台”，不能去掉。", "请先在“定档”里改掉这个条件。")
    ]
    mended = put_entries(parks, {condition: "stars >= 4"})
    assert remove_indicator(mended, "high_end_factors") == remove_indicator(scheme("micro_park"), "high_end_factors")


def test_variable_that_nobody_is_asked_for_goes_alone_when_nothing_uses_it() -> None:
    parks = scheme("micro_park")
    removal = removal_of(parks, "stars", {"stars", "talents"})
    assert removal is not None
    assert [one.message for one in removal.against] == ["“条件和加减分”还用着“星级”，不能去掉。"]
    with pytest.raises(CannotGoOn, match="“每千名从业人员高层次人才数”还用着“高层次人才数”"):
        remove_indicator(parks, "talents", {"talents"})

    unused = put_entries(parks, {"score/high_end_factors/talents_per_thousand/formula": "staff / staff"})
    line = "  talents:           {label: 高层次人才数, unit: 人, type: integer, required: false, source: 人力社保}\n"
    assert remove_indicator(unused, "talents", {"talents"}) == unused.replace(line, "")
    assert removal_of(parks, "talents") is None


def test_root_and_what_is_not_there_are_no_indicators() -> None:
    assert (removal_of(scheme("county"), "total"), removal_of(scheme("county"), "nothing")) == (None, None)
    with pytest.raises(CannotGoOn, match="规则里没有“nothing”这一项"):
        remove_indicator(scheme("county"), "nothing")
