"""The external document of domain ①: what it names, and how that differs from our own ranking. Changes nothing."""

from __future__ import annotations

import re
from typing import Any

from attrs import frozen

from mujun.web.models import AdoptedDocument, RunUnit, Track
from mujun.web.queries.facts.track import best_of
from mujun.web.queries.outcomes import Status
from mujun.web.queries.quotas import frozen_run
from mujun.web.queries.rules import scheme_ids

_APART = re.compile(r"[\s、，,；;。．.]+")


@frozen
class Difference:
    """`on_list`: named by the document and not among as many best of our own; else the other way round."""

    unit: RunUnit
    on_list: bool
    why: str = ""


def document_of(track: Track) -> AdoptedDocument | None:
    return AdoptedDocument.objects.filter(track=track).first()


def ranked_units(track: Track) -> list[RunUnit]:
    """Those that may be named, in our own order: by score over all groups."""
    run = frozen_run(track)
    if run is None:
        return []
    rows = RunUnit.objects.filter(run=run, scheme=scheme_ids(track)[0]).exclude(status=Status.NOT_ELIGIBLE)
    units = {one.key: one for one in rows}
    best = best_of(run, scheme_ids(track)[0], len(units))
    rest = sorted(set(units) - set(best))
    return [units[key] for key in (*best, *rest)]


def differences_of(track: Track) -> list[Difference]:
    """Every unit that is on one of the two lists only, by our own order."""
    document, run = document_of(track), frozen_run(track)
    if document is None or run is None:
        return []
    named = set(document.keys)
    ours = set(best_of(run, scheme_ids(track)[0], len(document.keys)))
    return [
        Difference(unit, unit.key in named, str(document.explained.get(unit.name, "")))
        for unit in ranked_units(track)
        if (unit.key in named) != (unit.key in ours)
    ]


def match_names(track: Track, text: str) -> tuple[list[str], list[str]]:
    """Keys of the units that a pasted text names, in its order, and the words that name none."""
    by_name = {unit.name: unit.key for unit in ranked_units(track)} | {u.county: u.key for u in ranked_units(track)}
    keys: list[str] = []
    unknown: list[str] = []
    for word in filter(None, _APART.split(text)):
        key = by_name.get(word)
        if key is None:
            unknown.append(word)
        elif key not in keys:
            keys.append(key)
    return keys, unknown


def told_document(track: Track) -> dict[str, Any]:
    """The document as two people confirm it: one letter more or less, and it is another."""
    document = document_of(track)
    if document is None:
        return {}
    names = {unit.key: unit.name for unit in ranked_units(track)}
    return {
        "title": document.title,
        "document_number": document.document_number,
        "dated": document.dated.isoformat() if document.dated else "",
        "scan": document.scan_hash,
        "names": [names.get(key, key) for key in document.keys],
        "differences": [
            f"{one.unit.name}{'在名单上' if one.on_list else '不在名单上'}：{one.why}" for one in differences_of(track)
        ],
    }
