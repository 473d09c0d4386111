"""Indicators come into a draft and leave it by forms: what is written, what the check says, what is refused."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve
from django.conf import settings
from django.test import Client

from mujun.scheme.amend import NewVariable
from mujun.web.actions.indicators import add_indicator, remove_indicator
from mujun.web.actions.plans import Overtaken
from mujun.web.actions.refused import Refused
from mujun.web.living.people import demo_doer
from mujun.web.models import AuditEvent, Round, Track
from mujun.web.queries.audit import verify_record
from mujun.web.queries.last_round import FOLDER
from mujun.web.queries.revision import reopened
from mujun.web.queries.rules import draft_plan
from mujun.web.views import plan_forms  # noqa: F401 - the site's own registration of forms
from tests.scheme.amend.test_add import RATIO
from tests.web.planning import ADDED, DAY, TAX, URL, Browser, issue, rules_of, type_in, write_firms

EDIT = f"{URL}edit/manufacturing/"
ADD = f"{EDIT}indicator/add/"
LAST = "      missing_basis: {assumption: 没有研发活动的企业通常不填研发报表，没有填视同没有研发投入，记零分}\n"
WRITTEN = """
    - id: 亩均收入
      label: 亩均收入
      formula: revenue / land
      unit: 万元/亩
      weight: 5
      normalise: {method: benchmark_ratio, benchmark: {statistic: ratio_of_sums, precision: 4}, floor: 0, cap: 1.5}
      missing: zero
      basis: {assumption: 看收入}
"""
TYPED = {
    "label": "亩均收入", "under": "total", "direction": "higher", "above": "revenue", "below": "land", "weight": "5",
    "scoring": "ratio", "benchmark_0": "ratio_of_sums", "floor": "0", "cap": "1.5", "missing": "zero", "why": "看收入",
}  # fmt: skip
WATER = {"above": "tax", "below": "+", "new_label": "用水量", "new_unit": "立方米", "new_source": "自然资源"}


@pytest.fixture
def track(planned: Round) -> Track:
    return planned.tracks.select_related("round").get(domain="manufacturing")


def base_of(track: Track) -> str:
    plan = draft_plan(track)
    assert plan is not None
    return str(plan.schemes[track.domain])


def take_out(track: Track, name: str, base: str = "") -> list[str]:
    by = demo_doer(f"c-{track.domain.replace('_', '-')}", DAY)
    return remove_indicator(track=track, scheme=track.domain, base=base or base_of(track), name=name, by=by, now=DAY)


def test_indicator_is_added_by_the_page_and_the_other_weights_are_left_alone(track: Track, as_: Browser) -> None:
    before, browser = rules_of(track), as_("c-manufacturing", DAY)
    assert browser.get(ADD).context["form"]["cap"].value() == "1.5"

    answer = browser.post(ADD, {**TYPED, "base": base_of(track)}, follow=True)

    assert rules_of(track) == before.replace(LAST, LAST + WRITTEN)
    assert answer.redirect_chain == [(f"{EDIT}weights/", 302)]
    assert [one.message for one in answer.context["check"].findings] == ["“综合得分”权重合计不对的有6类，见下面的表。"]
    assert {one[1:] for one in answer.context["check"].sums} == {("105", False)}
    event = AuditEvent.objects.order_by("-seq")[0]
    assert (event.act, event.facts["form"]["changes"]) == ("T1e", ["指标 亩均收入 （无）→主营业务收入 / 实际用地面积"])
    assert verify_record() == []


def test_live_check_says_what_the_rules_would_be_and_saves_nothing(track: Track, as_: Browser) -> None:
    typed = {**TYPED, "base": base_of(track), "weight": "0", **WATER}

    check = as_("c-manufacturing", DAY).post(f"{ADD}check/", typed).context["check"]

    assert [(one.message, one.mend) for one in check.findings] == [
        (
            "“亩均收入”要用的“用水量”（方案写的是由自然资源报送），没有一张报表收：到时候每一家都缺这个数。",
            "请省亩均办把它加进数据归集的报表；或改用报表已经收的数。",
        )
    ]
    assert [str(one) for one in check.changes] == [
        "指标 亩均收入 （无）→税收实际贡献 / 用水量",
        "数据项 用水量 （无）→立方米，自然资源",
    ]
    assert {one[1:] for one in check.sums} == {("100", True)}
    assert track.plans.get().revision == 0


def test_what_is_left_open_is_told_where_it_belongs_and_recorded(track: Track, as_: Browser) -> None:
    answer = as_("c-manufacturing", DAY).post(ADD, {**TYPED, "base": base_of(track), "weight": "五", "why": " "})

    assert (answer.status_code, track.plans.get().revision) == (409, 0)
    assert dict(answer.context["form"].errors) == {
        "weight": ["“权重”“五”不是数。请只填数字，例如 30 或 12.5。"],
        "why": ["“理由”空着。请填写。"],
    }
    event = AuditEvent.objects.order_by("-seq")[0]
    assert (event.act, event.outcome, len(event.facts["reasons"])) == ("T1e", "refused", 2)


def test_plan_is_not_issued_while_nobody_sends_what_it_counts_with(track: Track) -> None:
    before, by = rules_of(track), demo_doer("c-manufacturing", DAY)
    water = NewVariable(label="用水量", unit="立方米", source="自然资源")
    new = evolve(RATIO, above="tax", below="+", weights={"": "0"}, variable=water)
    add_indicator(track=track, scheme="manufacturing", base=base_of(track), new=new, by=by, now=DAY)

    with pytest.raises(Refused) as refused:
        issue(track)
    assert [one.message for one in refused.value.reasons] == ["方案的规则还有1处错误。"]

    take_out(track, "亩均研发投入")
    assert rules_of(track) == before
    issue(track)


def test_number_that_nothing_uses_any_more_can_be_taken_out_by_itself(track: Track, as_: Browser) -> None:
    before, browser = rules_of(track), as_("c-manufacturing", DAY)
    browser.post(ADD, {**TYPED, "base": base_of(track), **WATER})
    page = browser.get(f"{EDIT}indicators/")
    assert [name for _, _, name in page.context["form"].groups() if name][-2:] == ["亩均收入", "用水量"]

    with pytest.raises(Refused) as refused:
        take_out(track, "用水量")
    assert [one.message for one in refused.value.reasons] == ["“亩均收入”还用着“用水量”，不能去掉。"]
    type_in(track, {"score/亩均收入/formula": "revenue / land", "score/亩均收入/unit": "万元/亩"})
    assert take_out(track, "用水量") == ["数据项 用水量 立方米，自然资源→（无）"]
    assert rules_of(track) == before.replace(LAST, LAST + WRITTEN)


def test_page_tells_what_goes_with_an_indicator_before_it_goes(track: Track, as_: Browser) -> None:
    before, browser = rules_of(track), as_("c-manufacturing", DAY)
    page = f"{EDIT}indicator/value_added_per_energy/remove/"

    shown = browser.get(page)
    assert shown.context["removal"].takes == (
        "单位能耗增加值的权重20；权重（数字经济核心制造业）10；权重（高端装备制造业）15；权重（生物医药产业）10；"
        "权重（纺织服装产业）20；权重（石化产业）25；基准值：合计之比；保底倍数0；封顶倍数1.5",
        "写好的理由4条",
    )
    assert shown.context["removal"].unused == ("综合能耗",)
    assert dict(one[:2] for one in shown.context["check"].sums)["石化产业"] == "75"
    assert rules_of(track) == before

    answer = browser.post(page, {"base": base_of(track)})
    head, _, rest = before.partition("    - id: value_added_per_energy\n")
    tail = "    - id: value_added_per_emission\n" + rest.partition("    - id: value_added_per_emission\n")[2]
    assert (answer.status_code, answer["Location"]) == (302, f"{EDIT}weights/")
    assert rules_of(track) == head + tail


def test_indicator_that_something_needs_stays_and_the_page_says_why(planned: Round, as_: Browser) -> None:
    parks = planned.tracks.select_related("round").get(domain="micro_park")
    type_in(parks, {"tiers/levels/0/when": "stars >= 4 and tax_per_mu > 0"}, "c-micro-park")
    before, browser = rules_of(parks), as_("c-micro-park", DAY)
    page = "/plans/2019/micro_park/edit/micro_park/indicator/tax_per_mu/remove/"

    said = ["A档（第1行）的条件用到“亩均税收”，不能去掉。"]
    assert [one.message for one in browser.get(page).context["removal"].against] == said
    assert browser.post(page, {"base": base_of(parks)}).status_code == 409
    with pytest.raises(Refused) as refused:
        take_out(parks, "tax_per_mu")
    assert [one.message for one in refused.value.reasons] == said
    assert (rules_of(parks), AuditEvent.objects.order_by("-seq")[0].outcome) == (before, "refused")


def test_f08_nothing_comes_or_goes_over_somebody_elses_change(track: Track, as_: Browser) -> None:
    opened, browser = base_of(track), as_("c-manufacturing", DAY)
    type_in(track, {TAX: "25"})
    after = rules_of(track)

    added = browser.post(ADD, {**TYPED, "base": opened})
    gone = browser.post(f"{EDIT}indicator/tax_per_mu/remove/", {"base": opened})
    with pytest.raises(Overtaken):
        take_out(track, "tax_per_mu", opened)

    assert [(one.status_code, one.context["overtaken"]) for one in (added, gone)] == [(409, True), (409, True)]
    assert rules_of(track) == after
    again = {"base": added.context["form"]["base"].value(), "label": added.context["form"]["label"].value()}
    assert browser.post(ADD, {**TYPED, **again}).status_code == 302
    assert rules_of(track) == after.replace(LAST, LAST + WRITTEN)


def test_only_who_drafts_the_domain_adds_and_removes_and_only_in_a_draft(track: Track, as_: Browser) -> None:
    pages = [ADD, f"{EDIT}indicator/tax_per_mu/remove/"]
    no_such = [f"{EDIT}indicator/nothing/remove/", f"{EDIT}indicator/total/remove/", f"{URL}edit/x/indicator/add/"]

    def codes(who: str, pages: list[str]) -> set[int]:
        return {as_(who, DAY).post(page, {"base": base_of(track)}).status_code for page in pages}

    assert (codes("c-services", pages), codes("d-manufacturing", pages)) == ({404}, {403})
    assert codes("c-manufacturing", no_such) == {404}
    assert {Client().post(page).status_code for page in pages} == {302}
    issue(track)
    assert {as_("c-manufacturing", DAY).get(page).status_code for page in pages} == {404}


def test_numbers_of_a_new_indicator_are_assumptions_until_the_plan_is_issued(track: Track, as_: Browser) -> None:
    typed = {**TYPED, "base": base_of(track), "why_weight": "先轻后重"}
    as_("c-manufacturing", DAY).post(ADD, typed)
    type_in(track, {ADDED: "15"})
    draft = rules_of(track)

    plan = issue(track)

    clauses = {one["heading"].partition(" ")[2]: one["text"] for one in plan.clauses if "亩均收入" in one["heading"]}
    assert clauses == {
        "亩均收入 指标": "亩均收入：主营业务收入÷实际用地面积（万元/亩）；"
        "亩均收入：指标值÷基准值，基准值为本组合计之比，最低0，最高1.5；缺了记0分。理由：看收入。",
        "亩均收入 权重": "亩均收入：权重5。理由：先轻后重。",
    }
    assert reopened(plan)["manufacturing"].decode("utf-8") == draft


@pytest.fixture
def last_round() -> Iterator[Path]:
    folder = Path(settings.HOME) / FOLDER
    (folder / "2019").mkdir(parents=True)
    yield folder / "2019" / "manufacturing.csv"
    shutil.rmtree(folder)


def test_effect_on_last_round_counts_with_the_new_indicator(track: Track, as_: Browser, last_round: Path) -> None:
    # five firms alike but for their tax; the best two reach the cap of 1.5, and the first has more of it per mu
    write_firms(last_round, tax=[50, 40, 10, 5, 5])
    browser = as_("c-manufacturing", DAY)
    take_out(track, "value_added_per_mu")
    typed = {**TYPED, "base": base_of(track), "weight": "20", "above": "tax", "below": "revenue", "direction": "lower"}
    browser.post(ADD, typed)

    # 22÷50×20＝8.8 of the first, 22÷40×20＝11 of the second: now it is before the first, and the one place is its
    effect = browser.get(f"{URL}effect/manufacturing/").context["effect"]
    assert (effect.trouble, effect.lacking, effect.moved) == ((), (), 2)
    assert [(one.came, one.left) for one in effect.groups] == [((("企业2", 2, 1),), (("企业1", 1, 2),))]

    browser.post(ADD, {**TYPED, "label": "用水", "base": base_of(track), "weight": "0", **WATER})
    effect = browser.get(f"{URL}effect/manufacturing/").context["effect"]
    assert (effect.trouble, effect.lacking, effect.moved) == ((), ("用水量",), 2)
