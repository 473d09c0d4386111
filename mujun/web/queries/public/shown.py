"""The lists of a round as everybody sees them now: of its last publication, or of its running notice (拟).

Rows are those of the files that went out, so that a page, a file and a proof cannot say different things.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from attrs import field, frozen

from mujun.proof.published_list import PublishedList, printed
from mujun.web.models import Publication, PublicNotice, Round
from mujun.web.queries.issued import current_publication, published_lists
from mujun.web.queries.names import initials
from mujun.web.queries.slugs import slug_of

Source = Publication | PublicNotice


@frozen
class Row:
    """One line. `place` counts from 0 through the whole list, `number` from 1 inside its group."""

    domain: str
    group: str
    number: int
    place: int
    name: str
    county: str
    strengths: tuple[str, ...]
    rank: str
    score: str
    slug: str
    initials: str

    @property
    def where(self) -> str:
        """The county it counts for on the map; a county counts for itself."""
        return self.county or self.name


@frozen(eq=False)
class Shown:
    """`source` is what the lists went out with. `lists` and `rows` by domain, in the order of the notice."""

    round: Round
    source: Source
    lists: dict[str, PublishedList] = field(repr=False)
    rows: dict[str, tuple[Row, ...]] = field(repr=False)

    @property
    def issued(self) -> bool:
        return isinstance(self.source, Publication)

    @property
    def count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    def row(self, domain: str, slug: str) -> Row | None:
        return next((one for one in self.rows.get(domain, ()) if one.slug == slug), None)


def shown(round_: Round, now: datetime) -> Shown | None:
    """None while nothing of the round is public."""
    source = current_publication(round_) or open_notice(round_, now)
    return None if source is None else shown_of(source)


def shown_of(source: Source) -> Shown:
    """What went out with one notice or publication."""
    lists = published_lists(source)
    return Shown(
        source.round,
        source,
        lists,
        {domain: _rows(source.round.year, domain, one) for domain, one in lists.items()},
    )


def open_notice(round_: Round, now: datetime) -> PublicNotice | None:
    """The last notice that has begun."""
    return round_.notices.filter(opened_at__isnull=False, opens_at__lte=now).order_by("-number").first()


def public_rounds(now: datetime) -> list[Round]:
    """The last first; a cancelled one shows nothing."""
    rounds = Round.objects.exclude(state="CANCELLED").order_by("-year")
    return [one for one in rounds if current_publication(one) is not None or open_notice(one, now) is not None]


def latest(now: datetime) -> Shown | None:
    """Of the last round of which something is public."""
    rounds = public_rounds(now)
    return shown(rounds[0], now) if rounds else None


@lru_cache(maxsize=64)
def _rows(year: int, domain: str, one: PublishedList) -> tuple[Row, ...]:
    return tuple(_each(year, domain, one))


def _each(year: int, domain: str, one: PublishedList) -> Iterator[Row]:
    at = {column.id: place for place, column in enumerate(one.columns)}
    for place, (group, number, cells) in enumerate(one.numbered()):
        said = {name: printed(cells[where]) for name, where in at.items()}
        name, county = said["name"], said.get("county", "")
        yield Row(
            domain=domain,
            group=group,
            number=number,
            place=place,
            name=name,
            county=county,
            strengths=tuple(part for part in said.get("strengths", "").split("、") if part),
            rank=said.get("rank", ""),
            score=said.get("score", ""),
            slug=slug_of(year, domain, name, county),
            initials=initials(name),
        )
