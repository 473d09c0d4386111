"""Published lists as facts of documents: names and places by class. Totals are counted from the rows."""

from __future__ import annotations

from collections.abc import Mapping

from mujun.documents.content.listed import Class, DomainList, Entry, FullList
from mujun.proof.published_list import PublishedList, printed
from mujun.web.models import Round


def full_list(round_: Round, lists: Mapping[str, PublishedList]) -> FullList:
    """By domain, in the order of the notice."""
    tracks = {track.domain: track for track in round_.tracks.all()}
    return FullList(
        domains=tuple(
            DomainList(
                label=tracks[domain].label,
                agency=one.lead_agency,
                classes=_classes(one),
                measure=measure_of(one),
                clause=tracks[domain].clause,
                trial=tracks[domain].trial,
                adopted_from=_adopted_from(one),
                stated=one.count,
            )
            for domain, one in lists.items()
        )
    )


def measure_of(one: PublishedList) -> str:
    """家 of firms, 个 of places."""
    return "家" if one.columns[0].label == "企业" else "个"


def title_of(round_: Round) -> str:
    return f"{round_.year}年浙江省“亩均效益”领跑者名单"


def _classes(one: PublishedList) -> tuple[Class, ...]:
    places = {column.id: place for place, column in enumerate(one.columns)}
    return tuple(
        Class(
            label=group.label,
            stated=group.count,
            entries=tuple(
                Entry(
                    name=printed(row[places["name"]]),
                    place=printed(row[places["county"]]) if "county" in places else "",
                )
                for row in group.rows
            ),
        )
        for group in one.groups
    )


def _adopted_from(one: PublishedList) -> str:
    note = next((note for note in one.notes if note.startswith("参照")), "")
    return note.removeprefix("参照").removesuffix("。")
