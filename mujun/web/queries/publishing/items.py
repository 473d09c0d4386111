"""The items of a list as they were decided, with what is public of their evaluation. Evaluates nothing."""

from __future__ import annotations

from collections.abc import Iterable

from mujun.documents.published import DecidedItem
from mujun.web.models import Item, PublishedItem, Round, Track
from mujun.web.queries.compiled import standing_items
from mujun.web.queries.quotas import standing_list
from mujun.web.queries.rules import scheme_ids

ByDomain = dict[str, list[DecidedItem]]


def decided_items(round_: Round) -> ByDomain:
    """What the leading group decided, as it stands."""
    return _by_domain(round_, standing_items(round_))


def issued_items(round_: Round) -> ByDomain:
    """What was issued and no later publication took back."""
    return _by_domain(round_, PublishedItem.objects.filter(publication__round=round_, struck=False))


def as_decided(track: Track, one: Item | PublishedItem) -> DecidedItem:
    rank, score = _standings(track, [one.key]).get(one.key, (None, ""))
    return _decided(one, rank, score)


def _by_domain(round_: Round, items: Iterable[Item | PublishedItem]) -> ByDomain:
    found: ByDomain = {}
    items = list(items)
    for track in round_.tracks.all():
        mine = [one for one in items if one.domain == track.domain]
        standings = _standings(track, [one.key for one in mine])
        found[track.domain] = [_decided(one, *standings.get(one.key, (None, ""))) for one in mine]
    return found


def _decided(one: Item | PublishedItem, rank: int | None, score: str) -> DecidedItem:
    return DecidedItem(
        key=one.key,
        name=one.name,
        county=one.county,
        group=one.group,
        strengths=tuple(one.strengths),
        rank=rank,
        score=score,
    )


def _standings(track: Track, keys: list[str]) -> dict[str, tuple[int | None, str]]:
    """Rank and score by key: as nominated; of one who came in by an objection, as evaluated."""
    nomination = standing_list(track)
    if nomination is None:
        return {}
    found: dict[str, tuple[int | None, str]] = {}
    if nomination.run is not None:
        units = nomination.run.units.filter(scheme=scheme_ids(track)[0], key__in=keys)
        found = {one.key: (one.rank, one.score) for one in units}
    return found | {one.key: (one.rank, one.score) for one in nomination.items.filter(key__in=keys)}
