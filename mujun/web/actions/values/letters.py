"""Letters to an office about a place: to its own people there, and to those of the province."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mujun.web.models import Message, Track
from mujun.web.queries.facts.values import PROVINCE


def tell_office(
    agency: str,
    region: str,
    text: str,
    *,
    link: str,
    now: datetime,
    due: datetime | None = None,
    urgent: bool = False,
) -> None:
    tell_offices([(agency, region)], text, link=link, now=now, due=due, urgent=urgent)


def tell_offices(
    offices: Iterable[tuple[str, str]],
    text: str,
    *,
    link: str,
    now: datetime,
    due: datetime | None = None,
    urgent: bool = False,
) -> None:
    """By agency and region; a region that is empty is the province. Each address gets it once."""
    addresses = dict.fromkeys(
        (agency, place) for agency, region in offices for place in ((region, PROVINCE) if region else (PROVINCE,))
    )
    Message.objects.bulk_create(
        Message(to_role="P", agency=agency, region=place, at=now, text=text, link=link, due=due, urgent=urgent)
        for agency, place in addresses
    )


def room_of(track: Track, more: str = "forms/") -> str:
    """An address of the track's collection."""
    return f"/rounds/{track.round.year}/{track.domain}/{more}"
