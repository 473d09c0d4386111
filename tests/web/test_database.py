"""What the database refuses from a shell: steps that are no steps, a person's second chair, changes of the record.

The steps are those of workflow.yaml, the pairs of persons those the models declare; neither list is copied here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, F, Q

from mujun.web.living.round import TRACKS_BEGUN as NOW
from mujun.web.models import (
    AuditEvent,
    DocumentNumber,
    Meeting,
    Nomination,
    NoticeExtension,
    Objection,
    Person,
    Plan,
    Proposal,
    Publication,
    PublicNotice,
    RoleGrant,
    Round,
    Run,
    Track,
    ValueSet,
)
from mujun.web.models.guards import TABLES
from mujun.web.models.rounds import Machine
from mujun.web.programme import workflow

WRONG_STEP, WRONG_VERSION, WRONG_BIRTH = "工作流程没有这一步", "版本不对，别人刚办过", "工作流程不从这里开始"


@pytest.fixture
def bare(db: None) -> Round:
    """Three persons, a round and a track; nothing was done yet."""
    person, *_ = [Person.objects.create(name=name) for name in ("甲", "乙", "丙")]
    round_ = Round.objects.create(year=2019, programme="2019", state="DRAFT", drafted_by=person)
    Track.objects.create(round=round_, domain="services", order=1, label="服务业", state="PLAN_DRAFT")
    Plan.objects.create(track=round_.tracks.get(), number=1, drafted_by=person, drafted_at=NOW)
    DocumentNumber.objects.create(number="示例〔2019〕1号", taken_for="round:1", taken_at=NOW, taken_by=person)
    AuditEvent.objects.create(seq=1, at=NOW, act="R1", label="建立年度行动", outcome="done")
    return round_


def steps_of(machine: str) -> set[tuple[str, str]]:
    """(from, to); nothing before a birth."""
    return {
        (source.value if source else "", target.value)
        for edge in workflow().machines[machine].edges
        for source in edge.sources
        if (target := edge.target(source)) is not None
    }


def new_row(machine: str, state: str) -> Machine:
    person = Person.objects.earliest("pk")
    round_ = Round.objects.earliest("pk")
    if machine == "round":
        return Round(year=2020, programme="2019", title="另一轮（示例）", drafted_by=person, state=state)
    if machine == "track":
        return Track(round=round_, domain="another", order=9, label="另一领域", clause="3", state=state)
    if machine == "values":
        return ValueSet(track=round_.tracks.earliest("pk"), scheme="services", unit="U1", name="甲", state=state)
    return Objection(round=round_, receipt="异1", received_at=NOW, text="甲", look_up_code="x", state=state)


def way_to(machine: str, state: str) -> list[str]:
    """A shortest way of steps from birth."""
    ways: dict[str, list[str]] = {to: [to] for source, to in steps_of(machine) if not source}
    while state not in ways:
        ways |= {to: [*ways[source], to] for source, to in steps_of(machine) if source in ways and to not in ways}
    return ways[state]


def force(row: Machine, state: str, version: int) -> None:
    """An update that asks nobody."""
    type(row)._default_manager.filter(pk=row.pk).update(state=state, version=version)
    row.state, row.version = state, version


@contextmanager
def refused(why: str) -> Iterator[None]:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        yield


@pytest.mark.parametrize("machine", TABLES)
def test_every_step_that_workflow_yaml_does_not_have_is_refused_from_the_shell(bare: Round, machine: str) -> None:
    states, steps = [state.value for state in workflow().machines[machine].states], steps_of(machine)
    tried = 0
    for start in states:
        with transaction.atomic():
            first, *on = way_to(machine, start)
            row = new_row(machine, first)
            row.save(force_insert=True)
            for state in on:
                force(row, state, row.version + 1)
            for end in states:
                if start != end and (start, end) not in steps:
                    tried += 1
                    with refused(WRONG_STEP):
                        force(row, end, row.version + 1)
                    row.refresh_from_db()
                    assert row.state == start
            transaction.set_rollback(True)

    assert tried == len(states) * (len(states) - 1) - len({(a, b) for a, b in steps if a and a != b})


@pytest.mark.parametrize("machine", TABLES)
@pytest.mark.parametrize("off", [-1, 0, 2])
def test_every_step_with_another_version_than_the_next_is_refused(bare: Round, machine: str, off: int) -> None:
    for start, end in sorted(steps_of(machine)):
        if not start or start == end:
            continue
        with transaction.atomic():
            first, *on = way_to(machine, start)
            row = new_row(machine, first)
            row.version = 5
            row.save(force_insert=True)
            for state in on:
                force(row, state, row.version + 1)
            before = row.version
            with refused(WRONG_VERSION):
                force(row, end, before + off)
            force(row, end, before + 1)
            transaction.set_rollback(True)


@pytest.mark.parametrize("machine", TABLES)
def test_nothing_is_born_but_where_its_machine_begins(bare: Round, machine: str) -> None:
    births = {to for source, to in steps_of(machine) if not source}
    for state in workflow().machines[machine].states:
        if state.value not in births:
            with refused(WRONG_BIRTH):
                new_row(machine, state.value).save(force_insert=True)


def _notice(round_: Round, **persons: Person) -> PublicNotice:
    return PublicNotice(
        round=round_, number=1, opens_at=NOW, ends_at=NOW + timedelta(days=7), drafted_at=NOW, **persons
    )


def _extension(round_: Round, **persons: Person) -> NoticeExtension:
    notice = _notice(round_, drafted_by=persons["by"])
    notice.save()
    return NoticeExtension(notice=notice, ended_at=NOW, ends_at=NOW + timedelta(days=1), at=NOW, **persons)


def _accepted(round_: Round, track: Track, **persons: Person) -> Nomination:
    drafter = Person.objects.latest("pk")
    return Nomination(track=track, number=1, content_hash="0", drafted_by=drafter, drafted_at=NOW, **persons)


Make = Callable[..., models.Model]
TWO_PERSONS: dict[str, tuple[tuple[str, str], Make]] = {
    "round_by_two": (
        ("drafted_by", "planned_by"),
        lambda round_, track, **who: Round(year=2021, programme="2019", state="DRAFT", **who),
    ),
    "plan_by_two": (
        ("drafted_by", "issued_by"),
        lambda round_, track, **who: Plan(track=track, number=9, drafted_at=NOW, issued_at=NOW, **who),
    ),
    "frozen_by_another": (
        ("run_by", "frozen_by"),
        lambda round_, track, **who: Run(track=track, number=1, run_at=NOW, frozen_at=NOW, **who),
    ),
    "list_by_two": (
        ("drafted_by", "signed_by"),
        lambda round_, track, **who: Nomination(track=track, number=1, drafted_at=NOW, **who),
    ),
    "accepted_by_another": (("signed_by", "accepted_by"), _accepted),
    "minutes_by_two": (
        ("recorded_by", "confirmed_by"),
        lambda round_, track, **who: Meeting(round=round_, number=1, **who),
    ),
    "notice_by_two": (("drafted_by", "opened_by"), lambda round_, track, **who: _notice(round_, **who)),
    "extension_by_two": (("proposed_by", "by"), lambda round_, track, **who: _extension(round_, **who)),
    "objection_decided_by_another": (
        ("admitted_by", "decided_by"),
        lambda round_, track, **who: Objection(
            round=round_, receipt="异1", received_at=NOW, text="甲", look_up_code="x", state="FILED", **who
        ),
    ),
    "publication_by_two": (
        ("proposed_by", "published_by"),
        lambda round_, track, **who: Publication(
            round=round_, number=1, kind="correction", document_number="示例〔2019〕9号",
            dated=date(2019, 10, 1), printed_on=date(2019, 10, 1), published_at=NOW, **who,
        ),
    ),
    "proposal_by_two": (
        ("person", "confirmed_by"),
        lambda round_, track, **who: Proposal(subject="round:0", edge="R5", content="0", at=NOW, closed_at=NOW, **who),
    ),
    "grant_by_two": (
        ("proposed_by", "granted_by"),
        lambda round_, track, **who: RoleGrant(person=Person.objects.latest("pk"), role="A", since=NOW, **who),
    ),
}  # fmt: skip
"""By constraint: the two chairs, and how a row comes to be that has the persons in them."""


def persons_in(condition: Q) -> set[str]:
    """The columns that a condition says are (not) equal."""
    found: set[str] = set()
    for one in condition.children:
        if isinstance(one, Q):
            found |= persons_in(one)
        elif isinstance(one, tuple) and isinstance(one[1], F) and "__" not in one[0]:
            found |= {str(one[0]), str(one[1].name)}  # type: ignore[attr-defined]
    return found


def declared() -> dict[str, set[str]]:
    """The models' constraints of two persons."""
    return {
        one.name: chairs
        for model in apps.get_app_config("mujunweb").get_models()
        for one in model._meta.constraints
        if isinstance(one, CheckConstraint)
        and isinstance(one.condition, Q)
        and (chairs := persons_in(one.condition))
        and all(getattr(model._meta.get_field(name), "related_model", None) is Person for name in chairs)
    }


def test_each_constraint_of_two_persons_is_tried_below() -> None:
    assert declared() == {name: set(chairs) for name, (chairs, _) in TWO_PERSONS.items()}


@pytest.mark.parametrize("name", TWO_PERSONS)
def test_x06_one_person_in_both_chairs_is_refused_by_the_database(bare: Round, name: str) -> None:
    (first, second), make = TWO_PERSONS[name]
    track = bare.tracks.earliest("pk")
    one, other = Person.objects.order_by("pk")[:2]

    with refused(name):
        make(bare, track, **{first: one, second: one}).save(force_insert=True)
    make(bare, track, **{first: one, second: other}).save(force_insert=True)


def test_x06_who_opened_or_drafted_the_notice_does_not_issue_the_list(bare: Round) -> None:
    drafter, opener, third = Person.objects.order_by("pk")[:3]
    _notice(bare, drafted_by=drafter, opened_by=opener).save()

    def issue(by: Person) -> None:
        day = date(2019, 10, 15)
        Publication.objects.create(
            round=bare, number=1, kind="list", document_number="示例〔2019〕9号", dated=day, printed_on=day,
            published_at=NOW, published_by=by,
        )  # fmt: skip

    for person in (drafter, opener):
        with refused("印发的人不得是公示的人"):
            issue(person)
    issue(third)


CHANGED = ["AuditEvent", "DocumentNumber", "NoticeExtension", "Publication"]
KEPT = [*CHANGED, "Round", "Track", "ValueSet", "Objection", "PublicNotice", "Meeting", "Plan"]


def filled(bare: Round, name: str) -> models.Model:
    """A row of the table."""
    model = apps.get_model("mujunweb", name)
    person = Person.objects.earliest("pk")
    if not model._default_manager.exists():
        made: dict[str, Callable[[], models.Model]] = {
            "NoticeExtension": lambda: _extension(bare, by=person, proposed_by=Person.objects.latest("pk")),
            "Publication": lambda: TWO_PERSONS["publication_by_two"][1](bare, None, published_by=person),
            "ValueSet": lambda: new_row("values", "ENTERED"),
            "Objection": lambda: new_row("objection", "FILED"),
            "PublicNotice": lambda: _notice(bare, drafted_by=person),
            "Meeting": lambda: Meeting(round=bare, number=1),
        }
        made[name]().save()
    row: models.Model = model._default_manager.latest("pk")
    return row


@pytest.mark.parametrize("name", CHANGED)
def test_what_was_written_once_is_never_changed(bare: Round, name: str) -> None:
    row = filled(bare, name)
    column = next(one.name for one in row._meta.fields if isinstance(one, models.DateTimeField | models.CharField))

    with refused("记录不得改动"):
        type(row)._default_manager.filter(pk=row.pk).update(**{column: F(column)})


@pytest.mark.parametrize("name", KEPT)
def test_what_the_record_speaks_of_is_never_deleted(bare: Round, name: str) -> None:
    row = filled(bare, name)

    with refused("记录不得删除"):
        type(row)._default_manager.filter(pk=row.pk)._raw_delete("default")


def test_two_officials_do_not_hold_one_number(bare: Round) -> None:
    row = filled(bare, "DocumentNumber")
    row.pk = None

    with refused("UNIQUE constraint failed: mujunweb_documentnumber.number"):
        row.save(force_insert=True)
