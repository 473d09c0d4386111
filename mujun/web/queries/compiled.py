"""The list of a round as it stands, its hash, and the names by which people know its items. Changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from mujun.digest import canonical_json, digest_bytes
from mujun.web.models import Item, Round, Track
from mujun.web.queries.remembered import remembered
from mujun.workflow.states import TrackState

STANDING = (Item.Standing.PROPOSED, Item.Standing.DECIDED)


@remembered
def standing_items(round_: Round) -> list[Item]:
    """In the order of domains and of each list."""
    order = {track.domain: track.order for track in round_.tracks.all()}
    items = list(Item.objects.filter(round=round_, standing__in=STANDING))
    return sorted(items, key=lambda item: (order.get(item.domain, 99), item.position, item.key))


def list_hash(items: Iterable[Item]) -> str:
    """One letter more or less, and it is another."""
    rows = [[one.domain, one.key, one.name, one.county, one.group, list(one.strengths)] for one in items]
    return digest_bytes(canonical_json(sorted(rows))).sha256


def item_key(item: Item) -> str:
    return f"{item.domain}:{item.key}"


def item_labels(round_: Round, items: Iterable[Item]) -> dict[str, str]:
    """By `domain:key`: “钱江智芯科技有限公司（制造业，滨江区）”; two of the same name and place get their key too."""
    domains = {track.domain: track.label for track in round_.tracks.all()}
    items = list(items)

    def said(item: Item) -> str:
        return (
            f"{item.name}（{'，'.join(part for part in (domains.get(item.domain, item.domain), item.county) if part)}）"
        )

    times = Counter(said(item) for item in items)
    return {item_key(one): said(one) if times[said(one)] == 1 else f"{said(one)}{one.key}" for one in items}


@remembered
def duplicates(round_: Round) -> dict[str, tuple[str, list[Item]]]:
    """Units on the lists of more than one domain, by key: how they are said, and the items."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in standing_items(round_):
        found[item.key].append(item)
    domains = {track.domain: track.label for track in round_.tracks.all()}
    return {
        key: (f"{some[0].name}（{'、'.join(domains[one.domain] for one in some)}）", some)
        for key, some in found.items()
        if len(some) > 1
    }


def tracks_in_scope(round_: Round) -> list[Track]:
    return [track for track in round_.tracks.all() if not track.left_out]


def all_accepted(round_: Round) -> bool:
    tracks = tracks_in_scope(round_)
    return bool(tracks) and all(track.state == TrackState.ACCEPTED for track in tracks)
