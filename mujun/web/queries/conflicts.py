"""Who of the leading group must stay out of which items: computed from where they come from, and what they declared."""

from __future__ import annotations

from attrs import frozen

from mujun.web.models import Person, Round
from mujun.web.queries.compiled import item_key, standing_items
from mujun.web.queries.facts.round import members_of


@frozen
class MemberRecusals:
    """`why` by item name."""

    member: Person
    why: tuple[tuple[str, str], ...]


def recusals_by_member(round_: Round) -> list[MemberRecusals]:
    items = standing_items(round_)
    declared: dict[int, dict[str, str]] = {}
    for person, domain, key, reason in round_.conflicts.values_list("person_id", "domain", "key", "reason"):
        declared.setdefault(person, {})[f"{domain}:{key}"] = reason
    told = []
    for member in members_of():
        places = set(member.places or ())
        own = declared.get(member.pk, {})
        why = [
            (one.name, f"来自{one.county}" if one.county in places else f"来自{one.name}")
            if places & {one.county, one.key} - {""}
            else (one.name, f"申报：{own[item_key(one)]}")
            for one in items
            if places & {one.county, one.key} - {""} or item_key(one) in own
        ]
        told.append(MemberRecusals(member, tuple(why)))
    return told
