"""A draft is written in forms, with its check beside them; of two editors nobody writes over the other unseen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from mujun.web.actions.plans import Overtaken, settle_confirmation
from mujun.web.evidence import kept
from mujun.web.models import AuditEvent, Round, Track
from mujun.web.queries.audit import verify_record
from mujun.web.queries.last_round import FOLDER
from mujun.web.queries.rules import draft_plan, law_with, read_rules
from mujun.web.views import plan_forms, plans  # noqa: F401 - the site's own registration of forms
from tests.web.planning import (
    ADDED,
    DAY,
    TAX,
    URL,
    Browser,
    DoerAt,
    form_of,
    rules_of,
    type_in,
    write_firms,
)


@pytest.fixture
def track(planned: Round) -> Track:
    return planned.tracks.select_related("round").get(domain="manufacturing")


def test_change_is_recorded_in_words(track: Track) -> None:
    assert type_in(track, {TAX: "25", ADDED: "25"}) == ["权重 亩均税收 30→25", "权重 亩均增加值 20→25"]

    event = AuditEvent.objects.order_by("-seq")[0]
    assert (event.act, event.facts["form"]["changes"]) == ("T1e", ["权重 亩均税收 30→25", "权重 亩均增加值 20→25"])
    assert (track.plans.get().revision, verify_record()) == (1, [])


def test_f08_second_of_two_editors_is_shown_the_difference(track: Track, as_: Browser) -> None:
    first, second = as_("c-manufacturing", DAY), as_("c-manufacturing", DAY)
    page = f"{URL}edit/manufacturing/weights/"
    base = track.plans.get().schemes["manufacturing"]
    whole = form_of(base)

    saved = first.post(page, {**whole, TAX: "25", ADDED: "25"})
    refused = second.post(page, {**whole, TAX: "28", "score/rd_intensity/weight/default": "12"})

    assert (saved.status_code, refused.status_code) == (302, 409)
    assert [str(one) for one in refused.context["theirs"]] == ["权重 亩均税收 30→25", "权重 亩均增加值 20→25"]
    assert [str(one) for one in refused.context["mine"]] == [
        "权重 亩均税收 30→28",
        "权重 研究试验发展经费支出与主营业务收入之比 10→12",
    ]
    assert refused.context["both"] == {TAX}
    current = track.plans.get().schemes["manufacturing"]
    assert form_of(current)[TAX] == "25"
    assert refused.context["form"].initial["base"] == current


def test_f08_confirmation_is_not_written_over_unseen(track: Track, doer: DoerAt) -> None:
    by = doer("c-manufacturing", DAY)
    more = {"silence_confirms": True, "confirm_workdays": 7, "note": "", "by": by, "now": DAY}

    assert settle_confirmation(track=track, revision=0, **more) == ["核对期限（工作日） 5→7"]  # type: ignore[arg-type]
    with pytest.raises(Overtaken):
        settle_confirmation(track=track, revision=0, **more)  # type: ignore[arg-type]


def test_live_check_names_the_sum_and_saves_nothing(track: Track, as_: Browser) -> None:
    base = track.plans.get().schemes["manufacturing"]

    answer = as_("c-manufacturing", DAY).post(f"{URL}edit/manufacturing/weights/check/", {**form_of(base), TAX: "25"})

    check = answer.context["check"]
    assert [one.message for one in check.findings] == ["“综合得分”权重合计为95，应为100。"]
    assert check.sums[0] == ("没有单列的", "95", False)
    assert check.stale == ("亩均税收",)
    assert track.plans.get().revision == 0


def test_every_form_of_every_domain_opens(planned: Round, as_: Browser) -> None:
    for track in planned.tracks.all():
        browser = as_("a" if track.domain == "county" else f"c-{track.domain.replace('_', '-')}", DAY)
        plan = track.plans.get()
        for name in plan.schemes:
            for section, _ in plan_forms.SECTIONS:
                answer = browser.get(f"/plans/2019/{track.domain}/edit/{name}/{section}/")
                assert (answer.status_code, answer.context["check"].wrong) == (200, 0), (name, section)


def test_rules_of_a_draft_stay_readable(track: Track) -> None:
    type_in(track, {"score/tax_per_mu/formula": "tax / 没有这一列"})

    plan = draft_plan(track)
    assert plan is not None
    reading = read_rules(kept(plan.schemes["manufacturing"]), "manufacturing", law_with(plan))
    assert [one.code for one in reading.findings] == ["bad_formula", "not_a_ratio"]


@pytest.fixture
def last_round() -> Iterator[Path]:
    """Where the site finds last round's data; empty before and after."""
    folder = Path(settings.HOME) / FOLDER
    (folder / "2019").mkdir(parents=True)
    yield folder / "2019" / "manufacturing.csv"
    shutil.rmtree(folder)


def test_effect_on_last_round_names_who_comes_in(track: Track, as_: Browser, last_round: Path) -> None:
    browser = as_("c-manufacturing", DAY)
    assert browser.get(f"{URL}effect/manufacturing/").context["effect"].trouble[0].startswith("没有上一轮的数据")

    # five firms alike but for their tax: one in five is tier A, and two of them would be at 40%
    write_firms(last_round, tax=[50, 40, 10, 5, 5])
    assert browser.get(f"{URL}effect/manufacturing/").context["effect"].unchanged
    type_in(track, {"tiers/levels/0/share": "40"})
    effect = browser.get(f"{URL}effect/manufacturing/").context["effect"]

    assert (effect.against, effect.trouble, effect.totals) == ("省亩均办的试拟方案", (), (1, 2, 1, 0))
    assert [(one.name, one.came, one.left) for one in effect.groups] == [("时尚制造业", (("企业2", 2, 2),), ())]


@pytest.mark.parametrize(("base", "status"), [("0" * 64, 409), ("../../key", 422)])
def test_form_of_rules_that_never_were_changes_nothing(track: Track, as_: Browser, base: str, status: int) -> None:
    whole = {**form_of(track.plans.get().schemes["manufacturing"]), TAX: "25", "base": base}

    answer = as_("c-manufacturing", DAY).post(f"{URL}edit/manufacturing/weights/", whole)

    assert (answer.status_code, track.plans.get().revision) == (status, 0)


def test_bands_are_changed_added_and_taken_away_in_one_form(planned: Round, as_: Browser) -> None:
    parks = planned.tracks.select_related("round").get(domain="micro_park")
    page, before = "/plans/2019/micro_park/edit/micro_park/scoring/", rules_of(parks)
    name = "score/tax_per_mu/normalise/1/steps"
    browser = as_("c-micro-park", DAY)
    form = browser.get(page).context["form"]
    rows = form[name].field.widget.get_context(name, form[name].value(), {"id": "id"})["widget"]["rows"]
    assert [[cell for _, cell in cells] for _, cells in rows] == [
        ["1", "0.4"], ["1.5", "0.6"], ["2", "0.8"], ["2.5", "0.9"], ["3", "1"], ["", ""], ["", ""],
    ]  # fmt: skip

    # 1.5 earns more, 2.5 goes, 1.2 and 4 come
    sent = {
        f"{name}-{row}-{place}": cell for row, (_, cells) in enumerate(rows) for place, (_, cell) in enumerate(cells)
    }
    sent |= {f"{name}-1-1": "0.7", f"{name}-3-0": "", f"{name}-3-1": " "}
    sent |= {f"{name}-5-0": "4", f"{name}-5-1": "1.1", f"{name}-6-0": "1.2", f"{name}-6-1": "0.5"}
    whole = {**form_of(parks.plans.get().schemes["micro_park"], "scoring"), **sent}
    checked = browser.post(f"{page}check/", whole).context["check"]
    answer = browser.post(page, whole)

    said = ["分档 亩均税收 满1.5得0.6，满2.5得0.9→满1.2得0.5，满1.5得0.7，满4得1.1"]
    assert [str(one) for one in checked.changes] == said
    assert (answer.status_code, AuditEvent.objects.order_by("-seq")[0].facts["form"]["changes"]) == (302, said)
    steps = "[[1, 0.4], [1.5, 0.6], [2, 0.8], [2.5, 0.9], [3, 1]]"
    new = "[[1, 0.4], [1.2, 0.5], [1.5, 0.7], [2, 0.8], [3, 1], [4, 1.1]]"
    assert rules_of(parks) == before.replace(steps, new, 1)


def test_half_a_band_is_refused_with_what_lacks(planned: Round, as_: Browser) -> None:
    parks = planned.tracks.select_related("round").get(domain="micro_park")
    name = "score/high_end_factors/platform_count/normalise/steps"
    whole = form_of(parks.plans.get().schemes["micro_park"], "scoring")
    half = {f"{name}-0-0": "1", f"{name}-0-1": ""}

    answer = as_("c-micro-park", DAY).post("/plans/2019/micro_park/edit/micro_park/scoring/", {**whole, **half})

    assert (answer.status_code, parks.plans.get().revision) == (409, 0)
    assert [one.message for one in answer.context["refused"].reasons] == ["公共服务平台的“分档”有一档只填了“1”。"]
