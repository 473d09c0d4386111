"""What of a round is public, and what was published of it. Shows nothing that the round's notice left out."""

from __future__ import annotations

from mujun.web.models import Publication, PublicNotice, PublishedItem, Round


def published_scope(round_: Round) -> dict[str, bool]:
    """By domain: whether its list is issued, as the notice said and on what basis."""
    notice = round_.notices.filter(opened_at__isnull=False).order_by("number").first()
    return {} if notice is None else {domain: bool(told.get("publish", True)) for domain, told in notice.scope.items()}


def running_notice(round_: Round) -> PublicNotice | None:
    """The last notice that was opened."""
    return round_.notices.filter(opened_at__isnull=False).order_by("-number").first()


def issued(round_: Round) -> Publication | None:
    """The publication that issued the list."""
    return round_.publications.filter(kind=Publication.Kind.LIST).first()


def published_items(round_: Round) -> list[PublishedItem]:
    """All rows of all publications; struck ones stay, struck."""
    return list(PublishedItem.objects.filter(publication__round=round_).select_related("publication"))
