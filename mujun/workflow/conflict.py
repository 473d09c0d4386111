"""Conflicts of interest and the quorum, computed item by item. Records nothing."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen


@frozen(kw_only=True)
class Member:
    """A member of the leading group. `places`: counties and zones he comes from, None where nobody recorded them;
    `declared`: items he recused himself from.
    """

    person: str
    name: str
    places: frozenset[str] | None
    declared: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Item:
    """An item on the list to be decided; `places` are its county and, if it has one, its zone."""

    key: str
    label: str
    places: frozenset[str]


@frozen
class Recusal:
    """Who must not take part in an item, and why."""

    member: Member
    why: str


@frozen
class Quorum:
    """`entitled`: members who may take part in this item. `unknown`: members whose places nobody recorded."""

    item: Item
    entitled: int
    present: int
    needed: int
    recusals: tuple[Recusal, ...]
    unknown: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.unknown and self.entitled > 0 and self.present >= self.needed

    @property
    def sentence(self) -> str:
        """For the minutes."""
        recused = "".join(f"{one.member.name}{one.why}，回避；" for one in self.recusals)
        return f"{self.item.label}：{recused}应到{self.entitled}人，实到{self.present}人，须{self.needed}人。"


def recuse(item: Item, members: Iterable[Member]) -> tuple[Recusal, ...]:
    """Those who come from the item's county or zone, and those who said so themselves."""
    recusals = []
    for member in members:
        common = sorted((member.places or frozenset()) & item.places)
        if common:
            recusals.append(Recusal(member, f"来自{'、'.join(common)}"))
        elif item.key in member.declared:
            recusals.append(Recusal(member, "申报有利害关系"))
    return tuple(recusals)


def quorum(item: Item, members: Iterable[Member], present: Iterable[str], share: Fraction) -> Quorum:
    """Whether enough remain: more than `share` of the members who are not recused."""
    members, there = tuple(members), set(present)
    recusals = recuse(item, members)
    out = {one.member.person for one in recusals}
    entitled = {one.person for one in members} - out
    unknown = tuple(one.name for one in members if one.places is None and one.person in entitled & there)
    needed = int(len(entitled) * share) + 1
    return Quorum(item, len(entitled), len(entitled & there), needed, recusals, unknown)
