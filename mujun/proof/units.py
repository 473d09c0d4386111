"""All units' results under one salted root, and the file by which one unit proves its own.

Whoever has the round's secret can build the root again from the results; whoever has one unit's file learns nothing of
another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from mujun.digest import canonical_record
from mujun.proof.checkpoint import Checkpoint, UnitsRoot
from mujun.proof.merkle import Inclusion, Tree, build_tree
from mujun.proof.offline.checkpoint import list_purpose, units_purpose
from mujun.proof.offline.lists import row_values
from mujun.proof.offline.own import OWN_FORMAT
from mujun.proof.published_list import PublishedList, list_record
from mujun.proof.rows import row_records
from mujun.proof.salt import derive_salt


@frozen
class SealedUnits:
    """The units of one list, ordered by key. `places` says where each lies."""

    list: str
    places: Mapping[str, int]
    records: tuple[bytes, ...]
    salts: tuple[bytes, ...]
    tree: Tree

    @property
    def root(self) -> UnitsRoot:
        return UnitsRoot(self.tree.root, self.tree.size)


def seal_units(year: int, list_id: str, records: Mapping[str, Mapping[str, Any]], secret: bytes) -> SealedUnits:
    """The tree over the full results by key. A record has `key` and `name`, and text or whole numbers only."""
    purpose = units_purpose(year, list_id)
    keys = sorted(records)
    contents = tuple(canonical_record(dict(records[key])) for key in keys)
    salts = tuple(derive_salt(secret, purpose, key) for key in keys)
    places = {key: place for place, key in enumerate(keys)}
    return SealedUnits(list_id, places, contents, salts, build_tree(purpose, contents, salts))


def unit_proof(units: SealedUnits, key: str, record: Mapping[str, Any], checkpoint: Checkpoint) -> bytes:
    """The unit's own file: its full result, its salt, its way to the root. For the unit alone."""
    place = units.places[key]
    return _own_file(units.list, record, units.salts[place], units.tree.prove(place), checkpoint)


def unit_proof_from(
    tree: Tree, place: int, list_id: str, record: Mapping[str, Any], secret: bytes, checkpoint: Checkpoint
) -> bytes:
    """The same file from a tree that was kept, without the records of the others. `place` is the key's, in order."""
    salt = derive_salt(secret, units_purpose(checkpoint.year, list_id), str(record["key"]))
    return _own_file(list_id, record, salt, tree.prove(place), checkpoint)


def _own_file(
    list_id: str, record: Mapping[str, Any], salt: bytes, inclusion: Inclusion, checkpoint: Checkpoint
) -> bytes:
    return canonical_record(
        {
            "format": OWN_FORMAT,
            "kind": "unit",
            "list": list_id,
            "record": dict(record),
            "salt": salt.hex(),
            "inclusion": inclusion.as_dict(),
            "checkpoint": checkpoint.as_dict(),
        }
    )


def row_proofs(published: PublishedList) -> list[dict[str, Any]]:
    """The way to the root of every row of a list, in its order."""
    records = row_records(published)
    if not records:
        return []
    tree = build_tree(list_purpose(published.year, published.id), records)
    return [tree.prove(place).as_dict() for place in range(len(records))]


def row_proof(published: PublishedList, place: int, checkpoint: Checkpoint) -> bytes:
    """One row's public file, counted from 0: what a page offers beside each row."""
    return canonical_record(
        {
            "format": OWN_FORMAT,
            "kind": "row",
            "list": published.id,
            "record": row_values(list_record(published))[place],
            "salt": "",
            "inclusion": row_proofs(published)[place],
            "checkpoint": checkpoint.as_dict(),
        }
    )
