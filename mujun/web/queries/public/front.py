"""A list page: domains with their counts, the rows by class, where they are. Counts add up to the rows below them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from attrs import frozen
from django.utils.safestring import SafeString, mark_safe

from mujun.charts import Figure, tile_map
from mujun.web.models import Track
from mujun.web.queries.documents.lists import measure_of
from mujun.web.queries.documents.public import workdays_between
from mujun.web.queries.public.shown import Row, Shown
from mujun.web.queries.regions import city_of_county
from mujun.workflow.moment import CHINA

FIRST = "manufacturing"
"""The list that is opened first: the longest, and the one most people come for."""


@frozen
class DomainLine:
    """A domain at the left: its track, how many, whether it is the one that is open."""

    track: Track
    count: int
    measure: str
    open: bool


@frozen(eq=False)
class DomainShown:
    """The open domain. `groups`: (label, rows). `places`: (city, county, how many), the most first."""

    track: Track
    measure: str
    ranked: bool
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    places: tuple[tuple[str, str, int], ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    assumptions: tuple[str, ...]
    scheme: str
    name_label: str
    has_county: bool

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.groups)

    @property
    def placed(self) -> int:
        return sum(count for _, _, count in self.places)


def opened_domain(found: Shown, wanted: str = "") -> str:
    if wanted:
        return wanted if wanted in found.rows else ""
    return FIRST if found.rows.get(FIRST) else next(iter(found.rows), "")


def domain_lines(found: Shown, domain: str) -> list[DomainLine]:
    tracks = {track.domain: track for track in found.round.tracks.all()}
    return [
        DomainLine(tracks[name], len(rows), measure_of(found.lists[name]), name == domain)
        for name, rows in found.rows.items()
    ]


def domain_shown(found: Shown, domain: str) -> DomainShown:
    one, rows = found.lists[domain], found.rows[domain]
    counts = Counter(row.where for row in rows)
    cities = city_of_county(found.round.programme)
    order = {county: place for place, county in enumerate(cities)}
    places = sorted(counts.items(), key=lambda pair: (-pair[1], order.get(pair[0], len(order)), pair[0]))
    return DomainShown(
        track=next(track for track in found.round.tracks.all() if track.domain == domain),
        measure=measure_of(one),
        ranked=one.ranked,
        groups=tuple((label, tuple(some)) for label, some in groupby(rows, lambda row: row.group)),
        places=tuple((cities.get(county, ""), county, count) for county, count in places),
        notes=one.notes,
        marks=one.marks,
        assumptions=one.assumptions,
        scheme=one.id,
        name_label=one.columns[0].label,
        has_county=any(column.id == "county" for column in one.columns),
    )


def place_figure(found: DomainShown) -> Figure:
    """Where they are, county by county."""
    counts = tuple((county, count) for _, county, count in found.places)
    return _figure(f"{found.track.label}的{found.count}{found.measure}在哪里", counts, found.measure)


def inline(figure: Figure) -> SafeString:
    """The SVG as part of a page: drawn here, with every text in it escaped by the drawing."""
    return mark_safe(figure.inline)


def workdays_left(now: datetime, ends_at: datetime) -> int:
    """How many more workdays an objection can be filed on, today's rest not counted."""
    return workdays_between(now.astimezone(CHINA).date(), ends_at.astimezone(CHINA).date()) if now <= ends_at else 0


@lru_cache(maxsize=128)
def _figure(title: str, counts: tuple[tuple[str, int], ...], measure: str) -> Figure:
    return tile_map(title, dict(counts), measure)
