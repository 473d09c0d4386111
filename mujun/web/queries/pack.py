"""The material of a meeting of the leading group: what departs from rank first, then the lists. Decides nothing.

The pack is a value; its hash is what is fixed before the meeting. Anything that changes a list changes the hash.
"""

from __future__ import annotations

from typing import Any

from mujun.digest import canonical_json, digest_bytes
from mujun.web.models import Nomination, NominationItem, Round, Track
from mujun.web.queries.compiled import duplicates, list_hash, standing_items
from mujun.web.queries.quotas import quotas_of, standing_list
from mujun.web.queries.remembered import remembered

Kind = NominationItem.Kind


@remembered
def pack_of(round_: Round) -> dict[str, Any]:
    """As canonical JSON would have it."""
    resolved = dict(round_.duplicates_resolved.values_list("key", "resolution"))
    return {
        "round": round_.title,
        "list_hash": list_hash(standing_items(round_)),
        "duplicates": [
            {"key": key, "said": said, "resolution": resolved.get(key, "")}
            for key, (said, _) in sorted(duplicates(round_).items())
        ],
        "tracks": [_track(track) for track in round_.tracks.all()],
    }


@remembered
def pack_hash(round_: Round) -> str:
    return digest_bytes(canonical_json(pack_of(round_))).sha256


def _track(track: Track) -> dict[str, Any]:
    nomination = standing_list(track)
    told: dict[str, Any] = {
        "domain": track.domain,
        "label": track.label,
        "title": track.title,
        "agency": track.lead_agency,
        "clause": track.clause,
        "trial": track.trial,
        "adopted": track.adopted,
        "left_out": track.left_out,
        "hash": nomination.content_hash if nomination is not None else "",
        "places": [[one.label, one.places, one.listed] for one in quotas_of(track)],
        "evaluated": _evaluated(nomination),
        "listed": _items(nomination, Kind.LISTED),
        "reserve": _items(nomination, Kind.RESERVE),
        "passed_over": _items(nomination, Kind.PASSED_OVER),
        "differences": [],
    }
    document = getattr(track, "adopted_document", None)
    if document is not None:
        told["document"] = {
            "title": document.title,
            "number": document.document_number,
            "dated": document.dated.isoformat() if document.dated else "",
            "scan": document.scan_hash,
        }
        told["differences"] = sorted([name, why] for name, why in document.explained.items())
    return told


def _items(nomination: Nomination | None, kind: str) -> list[dict[str, Any]]:
    if nomination is None:
        return []
    names = ("key", "name", "county", "group", "rank", "score", "strengths", "reason")
    return [{name: getattr(one, name) for name in names} for one in nomination.items.filter(kind=kind)]


def _evaluated(nomination: Nomination | None) -> int:
    run = nomination.run if nomination is not None else None
    return run.units.filter(rank__isnull=False).count() if run is not None else 0
