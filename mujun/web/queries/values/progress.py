"""How far collection is: forms that are in, units by state, by county and by city. Counts add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mujun.web.models import Dispute, FormDue, Track, ValueSet
from mujun.web.queries.facts.values import office_name
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.rules import standing_plan
from mujun.web.queries.values.book import UNIT_PATH, path_of
from mujun.workflow.states import ValuesState


def units_in(track: Track, scheme: str) -> dict[str, int]:
    """Units of a scheme by county."""
    counted = ValueSet.objects.filter(track=track, scheme=scheme).values_list("county").annotate(Count("pk"))
    return dict(counted.order_by())


def complete_places(track: Track, scheme: str, counties: Iterable[str]) -> set[str]:
    """Counties for which no form of the scheme is missing."""
    missing = set(
        FormDue.objects.filter(track=track, scheme=scheme, submitted_at=None).values_list("region", flat=True)
    )
    return set() if "" in missing else {one for one in counties if one not in missing}


def lapsed(track: Track, now: datetime) -> QuerySet[ValueSet]:
    """Sets that nobody confirmed in time, by a plan that takes silence for consent: 视同确认 once it is noted."""
    plan = standing_plan(track)
    if plan is None or not plan.silence_confirms or path_of(track) == UNIT_PATH:
        return ValueSet.objects.none()
    unanswered = Dispute.objects.filter(value_set=OuterRef("pk"), answered_at=None)
    over = Q(confirm_by__lt=now) | Q(confirm_by=None, track__confirm_by__lt=now)
    return ValueSet.objects.filter(over, ~Exists(unanswered), track=track, state=ValuesState.SUBMITTED, excluded="")


@frozen
class Place:
    """A county or a city: forms in and due, units by state (视同确认 counted as such though it is not noted yet)."""

    name: str
    city: str
    forms: int
    forms_in: int
    missing: tuple[str, ...]
    states: Counter[str] = field(factory=Counter)
    excluded: int = 0
    county_submitted: int = 0

    @property
    def units(self) -> int:
        return self.states.total()

    @property
    def confirmed(self) -> int:
        return sum(self.states[one] for one in ("CONFIRMED", "DEEMED_CONFIRMED", "CITY_OK", "ACCEPTED"))

    @property
    def by_themselves(self) -> int:
        return self.states["CONFIRMED"]

    @property
    def deemed(self) -> int:
        return self.states["DEEMED_CONFIRMED"]

    @property
    def disputed(self) -> int:
        return self.states["DISPUTED"]

    @property
    def returned(self) -> int:
        return self.states["RETURNED"]

    @property
    def waiting(self) -> int:
        """For confirmation."""
        return self.states["SUBMITTED"]

    @property
    def entered(self) -> int:
        return self.states["ENTERED"]

    @property
    def city_ok(self) -> int:
        return self.states["CITY_OK"] + self.states["ACCEPTED"]

    @property
    def accepted(self) -> int:
        return self.states["ACCEPTED"]


def counties_in(track: Track, now: datetime, counties: Iterable[str] | None = None) -> list[Place]:
    """Every county that has units or owes forms, in the order of the divisions."""
    cities = city_of_county(track.round.programme)
    wanted = set(cities) if counties is None else set(counties)
    due, done, missing = Counter[str](), Counter[str](), defaultdict[str, list[str]](list)
    for region, agency, at in track.forms.values_list("region", "agency", "submitted_at"):
        due[region] += 1
        done[region] += at is not None
        if at is None:
            missing[region].append(office_name(agency, region))
    states: dict[str, Counter[str]] = defaultdict(Counter)
    excluded, handed = Counter[str](), Counter[str]()
    sets = ValueSet.objects.filter(track=track)
    late = lapsed(track, now)
    if counties is not None:
        sets, late = sets.filter(county__in=wanted), late.filter(county__in=wanted)
    counted = sets.values_list("county", "state").annotate(  # one look at each row
        inside=Count("pk", filter=Q(excluded="")),
        outside=Count("pk", filter=~Q(excluded="")),
        submitted=Count("pk", filter=Q(county_submitted_at__isnull=False)),
    )
    for county, state, inside, outside, submitted in counted.order_by():
        states[county][state] += inside
        excluded[county] += outside
        handed[county] += submitted
    for county, count in late.values_list("county").annotate(Count("pk")).order_by():
        states[county]["SUBMITTED"] -= count
        states[county]["DEEMED_CONFIRMED"] += count
    return [
        Place(
            county,
            city,
            due[county] + due[""],
            done[county] + done[""],
            tuple(dict.fromkeys([*missing[county], *missing[""]])),
            +states[county],
            excluded[county],
            handed[county],
        )
        for county, city in cities.items()
        if county in wanted and (states[county] or excluded[county] or due[county])
    ]


def together(name: str, places: Iterable[Place]) -> Place:
    """Several counties as one."""
    places = list(places)
    states: Counter[str] = Counter()
    for one in places:
        states.update(one.states)
    return Place(
        name,
        "",
        sum(one.forms for one in places),
        sum(one.forms_in for one in places),
        tuple(dict.fromkeys(office for one in places for office in one.missing)),
        states,
        sum(one.excluded for one in places),
        sum(one.county_submitted for one in places),
    )
