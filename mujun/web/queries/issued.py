"""What of a round is public, and what was published of it. Shows nothing that the round's notice left out."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from mujun.proof.published_list import PublishedList, read_list
from mujun.web.evidence import kept
from mujun.web.models import Publication, PublicNotice, PublishedItem, Round
from mujun.web.programme import programme_round

RULES = "rules/"


def published_scope(round_: Round) -> dict[str, bool]:
    """By domain: whether its list is issued, as the notice said and on what basis."""
    notice = first_notice(round_)
    return {} if notice is None else {domain: bool(told.get("publish", True)) for domain, told in notice.scope.items()}


def first_notice(round_: Round) -> PublicNotice | None:
    """The one that said what is published, by what rules."""
    return round_.notices.filter(opened_at__isnull=False).order_by("number").first()


def running_notice(round_: Round) -> PublicNotice | None:
    """The last notice that was opened."""
    return round_.notices.filter(opened_at__isnull=False).order_by("-number").first()


def extended_form(round_: Round, ends_at: datetime, reason: str) -> dict[str, Any]:
    """What the form of an extension sends: the running notice as it is, with another end."""
    notice = running_notice(round_)
    assert notice is not None, "only a running notice is extended"
    same = {name: getattr(notice, name) for name in ("list_hash", "names", "contact", "ways", "basis")}
    return {**same, "opens_at": notice.opens_at.isoformat(), "ends_at": ends_at.isoformat(), "reason": reason}


def rules_on_notice(round_: Round) -> dict[str, bytes] | None:
    """The rules files that went out with the first notice: the list is issued by these and no others."""
    notice = first_notice(round_)
    if notice is None or not notice.files:
        return None
    return {path.removeprefix(RULES): kept(sha) for path, sha in notice.files.items() if path.startswith(RULES)}


def issued(round_: Round) -> Publication | None:
    """The publication that issued the list."""
    return round_.publications.filter(kind=Publication.Kind.LIST).first()


def current_publication(round_: Round) -> Publication | None:
    """The last one: its lists are those in force."""
    return round_.publications.order_by("-number").first()


def published_items(round_: Round) -> list[PublishedItem]:
    """All rows of all publications; struck ones stay, struck."""
    return list(PublishedItem.objects.filter(publication__round=round_).select_related("publication"))


def published_lists(source: Publication | PublicNotice | None) -> dict[str, PublishedList]:
    """By domain, in the order of the notice: the lists as they went out, read back from their bytes."""
    if source is None:
        return {}
    found: dict[str, PublishedList] = {}
    for domain in programme_round(source.round.programme).domains:
        path = list_path(domain.schemes[0])
        if path in source.files:
            found[domain.id] = list_by_hash(source.files[path])
    return found


def list_path(scheme: str) -> str:
    return f"lists/{scheme}/list.json"


@lru_cache(maxsize=256)
def list_by_hash(sha256: str) -> PublishedList:
    """The bytes never change, so it is read once."""
    return read_list(kept(sha256))
