"""What of a round is public, and what was published of it. Shows nothing that the round's notice left out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mujun.web.models import Publication, PublicNotice, PublishedItem, Round


def published_scope(round_: Round) -> dict[str, bool]:
    """By domain: whether its list is issued, as the notice said and on what basis."""
    notice = round_.notices.filter(opened_at__isnull=False).order_by("number").first()
    return {} if notice is None else {domain: bool(told.get("publish", True)) for domain, told in notice.scope.items()}


def running_notice(round_: Round) -> PublicNotice | None:
    """The last notice that was opened."""
    return round_.notices.filter(opened_at__isnull=False).order_by("-number").first()


def extended_form(round_: Round, ends_at: datetime, reason: str) -> dict[str, Any]:
    """What the form of an extension sends: the running notice as it is, with another end."""
    notice = running_notice(round_)
    assert notice is not None, "only a running notice is extended"
    same = {name: getattr(notice, name) for name in ("list_hash", "names", "contact", "ways", "basis")}
    return {**same, "opens_at": notice.opens_at.isoformat(), "ends_at": ends_at.isoformat(), "reason": reason}


def issued(round_: Round) -> Publication | None:
    """The publication that issued the list."""
    return round_.publications.filter(kind=Publication.Kind.LIST).first()


def published_items(round_: Round) -> list[PublishedItem]:
    """All rows of all publications; struck ones stay, struck."""
    return list(PublishedItem.objects.filter(publication__round=round_).select_related("publication"))
