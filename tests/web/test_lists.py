"""A list is drawn from the frozen run, departs from rank only with reasons, and is signed by another than drew it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from mujun.web.actions import lists as _lists  # noqa: F401 - what the steps do
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import propose, take
from mujun.web.doer import Doer
from mujun.web.living.evaluation import ACCEPTED, DRAWN, EVALUATED, FROZEN, PROPOSED, SIGNED, SUBMITTED
from mujun.web.models import AuditEvent, Nomination, NominationItem, RoleGrant, Round, Run, RunUnit, Track
from mujun.web.queries.listing import draw_list
from tests.web.located import freeze_tracks

DoerAt = Callable[[str, datetime], Doer]
Kind = NominationItem.Kind
C, D = "c-manufacturing", "d-manufacturing"


@pytest.fixture
def frozen(planned: Round, province: Path) -> Track:
    """The manufacturers' run is frozen. One group is full, and two of it are tied at its last place."""
    freeze_tracks(planned, province, "manufacturing")
    return Track.objects.select_related("round").get(domain="manufacturing")


def ranked(track: Track, group: str, *ranks: int) -> list[str]:
    units = RunUnit.objects.filter(run__track=track, scheme="manufacturing", group=group, rank__in=ranks)
    return list(units.order_by("rank", "key").values_list("key", flat=True))


def full_group(track: Track) -> str:
    return RunUnit.objects.filter(run__track=track, scheme="manufacturing", selected="tied").values_list(
        "group", flat=True
    )[0]


def test_w11_a_tie_at_the_last_place_stops_the_list_until_all_of_it_are_left_out(frozen: Track, doer: DoerAt) -> None:
    clerk = doer(C, DRAWN)
    tied = list(RunUnit.objects.filter(run__track=frozen, selected="tied").order_by("key"))

    with pytest.raises(Refused) as natural:
        take("T7", frozen, by=clerk, now=DRAWN)
    with pytest.raises(Refused) as one_chosen:
        take("T7", frozen, {"left_out": [{"key": tied[0].key, "reason": "取另一家"}]}, by=clerk, now=DRAWN)
    take(
        "T7", frozen, {"left_out": [{"key": one.key, "reason": "并列，均不列入"} for one in tied]}, by=clerk, now=DRAWN
    )

    assert len(tied) == 2
    assert [one.code for one in natural.value.reasons] == ["tie_without_rule"]
    assert [one.code for one in one_chosen.value.reasons] == ["tie_without_rule"]
    assert tied[0].name in natural.value.reasons[0].message
    assert tied[1].name in natural.value.reasons[0].message
    items = Nomination.objects.get().items
    group = full_group(frozen)
    assert [one.rank for one in items.filter(kind=Kind.LISTED, group=group)] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert list(items.filter(kind=Kind.PASSED_OVER).values_list("key", flat=True)) == [one.key for one in tied]


def test_w12_rank_five_left_out_and_the_next_taken_wants_a_typed_reason(frozen: Track, doer: DoerAt) -> None:
    group = full_group(frozen)
    fifth = ranked(frozen, group, 5)[0]

    take("T7", frozen, {"left_out": [{"key": fifth, "reason": ""}]}, by=doer(C, DRAWN), now=DRAWN)
    with pytest.raises(Refused) as silent:
        take("T8", frozen, by=doer(D, SIGNED), now=SIGNED)
    take("T12", frozen, {"left_out": [{"key": fifth, "reason": "正在迁出本省"}]}, by=doer(C, DRAWN), now=DRAWN)
    take("T8", frozen, by=doer(D, SIGNED), now=SIGNED)

    assert [one.code for one in silent.value.reasons] == ["deviation_without_reason"]
    nomination = Nomination.objects.get(voided_at=None)
    listed = nomination.items.filter(kind=Kind.LISTED, group=group)
    assert [one.rank for one in listed] == [1, 2, 3, 4, 6, 7, 8, 9, 10, 10]
    passed = nomination.items.get(kind=Kind.PASSED_OVER)
    assert (passed.key, passed.rank, passed.reason) == (fifth, 5, "正在迁出本省")
    assert (nomination.number, nomination.signed_hash) == (2, nomination.content_hash)
    assert Nomination.objects.get(number=1).void_reason == "曹禾（示例）重拟"


def test_w13_one_person_with_both_roles_does_not_sign_what_he_drew(frozen: Track, doer: DoerAt) -> None:
    group = full_group(frozen)
    form = {"left_out": [{"key": ranked(frozen, group, 5)[0], "reason": "正在迁出本省"}]}
    drawer = doer(C, DRAWN).somebody
    RoleGrant.objects.create(person=drawer, role="D", since=DRAWN, domain="manufacturing")

    take("T7", frozen, form, by=doer(C, DRAWN), now=DRAWN)
    with pytest.raises(Refused) as refused:
        take("T8", frozen, by=doer(C, SIGNED), now=SIGNED)
    other = doer(D, DRAWN).somebody
    RoleGrant.objects.create(person=other, role="C", since=DRAWN, domain="manufacturing")
    take("T12", frozen, form, by=doer(D, DRAWN), now=DRAWN)
    with pytest.raises(Refused) as both:
        take("T8", frozen, by=doer(C, SIGNED), now=SIGNED)

    assert [one.code for one in refused.value.reasons] == ["second_person"]
    assert [one.code for one in both.value.reasons] == ["second_person"]  # whoever once drew it up never signs it


def test_a_list_is_handed_in_accepted_by_two_returned_and_drawn_anew(frozen: Track, doer: DoerAt) -> None:
    form = {"left_out": [{"key": ranked(frozen, full_group(frozen), 5)[0], "reason": "正在迁出本省"}]}
    take("T7", frozen, form, by=doer(C, DRAWN), now=DRAWN)
    take("T8", frozen, by=doer(D, SIGNED), now=SIGNED)
    take("T9", frozen, by=doer(D, SUBMITTED), now=SUBMITTED)
    back = {"reason": "一家企业名称与营业执照不一致", "data_must_change": ""}
    propose("T11", frozen, back, by=doer("a", PROPOSED), now=PROPOSED)
    take("T11", frozen, by=doer("b2", ACCEPTED), now=ACCEPTED)
    returned = (frozen.state, frozen.return_reason, frozen.data_must_change)
    take("T12", frozen, form, by=doer(C, ACCEPTED), now=ACCEPTED)
    take("T8", frozen, by=doer(D, ACCEPTED), now=ACCEPTED)
    take("T9", frozen, by=doer(D, ACCEPTED), now=ACCEPTED)
    propose("T10", frozen, by=doer("a", ACCEPTED), now=ACCEPTED)
    take("T10", frozen, by=doer("b", ACCEPTED), now=ACCEPTED)

    assert returned == ("RETURNED", "一家企业名称与营业执照不一致", False)
    assert (frozen.state, frozen.return_reason) == ("ACCEPTED", "")
    standing = Nomination.objects.get(voided_at=None)
    assert (standing.number, standing.accepted_by) == (2, doer("b", ACCEPTED).person)


def test_strengths_are_named_and_never_numbered(frozen: Track, doer: DoerAt) -> None:
    form = {"left_out": [{"key": ranked(frozen, full_group(frozen), 5)[0], "reason": "正在迁出本省"}]}
    take("T7", frozen, form, by=doer(C, DRAWN), now=DRAWN)

    first = NominationItem.objects.filter(kind=Kind.LISTED, group=full_group(frozen)).order_by("position")[0]

    assert 1 <= len(first.strengths) <= 3
    assert not any(character.isdigit() for name in first.strengths for character in name)


def test_reasons_for_units_that_are_not_on_the_list_are_refused(frozen: Track, doer: DoerAt) -> None:
    last = ranked(frozen, full_group(frozen), 14)
    rows = [{"key": key, "reason": "不列入"} for key in [ranked(frozen, full_group(frozen), 5)[0], *last]]

    with pytest.raises(Refused) as refused:
        take("T7", frozen, {"left_out": rows}, by=doer(C, DRAWN), now=DRAWN)

    assert [one.code for one in refused.value.reasons] == ["nothing_left_out"]


def test_w04_another_department_gets_404_and_an_entry_of_the_record(
    frozen: Track, as_: Callable[[str, datetime], Client]
) -> None:
    key = ranked(frozen, full_group(frozen), 1)[0]
    browser = as_("c-services", FROZEN)
    there = "/rounds/2019/manufacturing/"

    answers = {
        path: browser.get(there + path).status_code
        for path in ("list/", "runs/", "runs/1/", "runs/1/units.xlsx", f"runs/1/units/{key}/",
                     "runs/1/files/-/report.html", "runs/1/against/2019/1/", f"own/{key}/", "ratings/")
    }  # fmt: skip

    assert set(answers.values()) == {404}
    assert AuditEvent.objects.filter(outcome="refused", who="常青（示例）").count() == len(answers)


def test_x01_those_inside_see_it_and_only_those(frozen: Track, as_: Callable[[str, datetime], Client]) -> None:
    paths = ("runs/", "runs/1/", "runs/1/units.xlsx", "list/")
    there = "/rounds/2019/manufacturing/"
    seen = {
        login: [as_(login, FROZEN).get(there + path).status_code for path in paths]
        for login in (C, D, "a", "b", "l1", "o1", "t-3301", "k-330108", "sa", "d-hightech-zone")
    }

    assert {login: set(codes) for login, codes in seen.items()} == {
        C: {200}, D: {200}, "a": {200}, "b": {200},
        "l1": {403},  # of the leading group, but it is not at review yet
        "o1": {404}, "t-3301": {404}, "k-330108": {404}, "sa": {403}, "d-hightech-zone": {404},
    }  # fmt: skip


def test_the_page_draws_up_a_list_and_shows_the_tie(frozen: Track, as_: Callable[[str, datetime], Client]) -> None:
    browser = as_(C, DRAWN)
    fifth = ranked(frozen, full_group(frozen), 5)[0]
    url = "/rounds/2019/manufacturing/list/"

    tied = browser.get(url).content.decode()
    refused = browser.post(url, {})
    looked = browser.post(url, {"look": "1", "out": fifth, f"why-{fifth}": "正在迁出本省"}).content.decode()
    drawn = browser.post(url, {"out": fifth, f"why-{fifth}": "正在迁出本省"})

    assert "末位并列，须您定夺" in tied
    assert refused.status_code == 409
    assert "末位并列，须您定夺" not in looked
    assert drawn.status_code == 302
    assert Nomination.objects.get().items.get(kind=Kind.PASSED_OVER).reason == "正在迁出本省"


def unit(key: str, rank: int) -> RunUnit:
    return RunUnit(key=key, name=key, group="一", rank=rank)


def keys(units: tuple[RunUnit, ...]) -> str:
    return "".join(one.key for one in units)


@pytest.mark.parametrize(
    ("left_out", "listed", "waiting", "passed_over", "torn"),
    [
        ("", "ab", "e", "", "cd"),
        ("a", "bcd", "e", "a", ""),  # one place more, and both fit
        ("c", "ab", "e", "", "cd"),  # one of a tie is not simply left out
        ("cd", "ab", "e", "cd", ""),  # nobody ranked below takes their place
        ("e", "ab", "", "", "cd"),  # not on the list anyway
    ],
)
def test_drawing_three_of_five_of_whom_two_are_tied(
    left_out: str, listed: str, waiting: str, passed_over: str, torn: str
) -> None:
    candidates = [unit("a", 1), unit("b", 2), unit("c", 3), unit("d", 3), unit("e", 5)]

    drawn = draw_list(candidates, {"一": 3}, dict.fromkeys(left_out, "理由"), reserve=2)

    assert (keys(drawn.listed), keys(drawn.waiting), keys(drawn.passed_over), keys(drawn.torn)) == (
        listed, waiting, passed_over, torn,
    )  # fmt: skip


def test_run_of_a_living_round_is_there(frozen: Track) -> None:
    assert [(run.number, run.is_frozen) for run in Run.objects.filter(track=frozen)] == [(1, True)]
    assert EVALUATED < FROZEN < DRAWN < SIGNED < SUBMITTED < ACCEPTED
