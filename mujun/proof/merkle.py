"""A hash tree over many records, and the proof that one of them lies in it. RFC 6962, in SHA-256 and in SM3.

Every hash carries the tree's purpose; private leaves carry a salt as well (`mujun.proof.salt`). Knows nothing of what
the records say. Whether a proof holds is answered by `mujun.proof.offline.tree`, which shares no code with building.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from attrs import frozen
from cryptography.hazmat.primitives.hashes import SM3, Hash

from mujun.digest import Digest
from mujun.proof.offline.hashes import ALGORITHMS, SM3_AT_HAND
from mujun.proof.offline.tree import leaf_prefix, lies_under, node_prefix

_WIDTH = 32
_MOST_PURPOSE = 255


@frozen
class Inclusion:
    """Where a record lies, and the neighbours on its way to the root, from below."""

    index: int
    size: int
    path: tuple[Digest, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"index": self.index, "size": self.size, "path": [step.as_dict() for step in self.path]}


@frozen
class Tree:
    """Both trees of the same records. `levels` holds, by algorithm, the hashes of each level side by side, leaves
    first.
    """

    purpose: str
    size: int
    levels: dict[str, tuple[bytes, ...]]

    @property
    def root(self) -> Digest:
        return Digest(**{name: self.levels[name][-1].hex() for name in ALGORITHMS})

    def prove(self, index: int) -> Inclusion:
        """The proof for the record at that place, counted from 0."""
        if not 0 <= index < self.size:
            raise IndexError(f"{index} of {self.size}")
        path = [self._hashes(level, place) for level, place in self._neighbours(index)]
        return Inclusion(index, self.size, tuple(path))

    def _neighbours(self, index: int) -> Iterable[tuple[int, int]]:
        for level, hashes in enumerate(self.levels[ALGORITHMS[0]]):
            if (index ^ 1) < len(hashes) // _WIDTH:
                yield level, index ^ 1
            index //= 2

    def _hashes(self, level: int, place: int) -> Digest:
        here = slice(place * _WIDTH, (place + 1) * _WIDTH)
        return Digest(**{name: self.levels[name][level][here].hex() for name in ALGORITHMS})


def build_tree(purpose: str, records: Sequence[bytes], salts: Sequence[bytes] | None = None) -> Tree:
    """The tree over canonical records in the order given; with salts, one for each."""
    if not records:
        raise ValueError("a tree needs at least one record")
    if len(purpose.encode()) > _MOST_PURPOSE:
        raise ValueError("a purpose has at most 255 bytes")
    prefix = leaf_prefix(purpose)
    if salts is None:
        framed: list[bytes] = [prefix + b"\x00" + record for record in records]
    else:
        pairs = zip(salts, records, strict=True)
        framed = [b"".join((prefix, bytes((len(salt),)), salt, record)) for salt, record in pairs]
    levels = {name: _levels(_HASHES[name], framed, node_prefix(purpose)) for name in ALGORITHMS}
    return Tree(purpose, len(records), levels)


def check_inclusion(purpose: str, record: bytes, inclusion: Inclusion, root: Digest, salt: bytes = b"") -> bool:
    """Whether the record lies under the root, by both hashes."""
    return lies_under(root.as_dict(), purpose, record, inclusion.as_dict(), salt)


def _levels(hash_of: Callable[[bytes], bytes], framed: Sequence[bytes], prefix: bytes) -> tuple[bytes, ...]:
    level = b"".join(map(hash_of, framed))
    levels = [level]
    while len(level) > _WIDTH:
        whole = len(level) - len(level) % (2 * _WIDTH)
        above = [hash_of(prefix + level[place : place + 2 * _WIDTH]) for place in range(0, whole, 2 * _WIDTH)]
        above.append(level[whole:])
        level = b"".join(above)
        levels.append(level)
    return tuple(levels)


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sm3_of_openssl(data: bytes) -> bytes:
    blank = _BLANK.copy()
    blank.update(data)
    digest: bytes = blank.digest()
    return digest


def _sm3(data: bytes) -> bytes:
    blank = Hash(SM3())
    blank.update(data)
    return blank.finalize()


_BLANK: Any = hashlib.new("sm3") if SM3_AT_HAND else None
_HASHES: dict[str, Callable[[bytes], bytes]] = {"sha256": _sha256, "sm3": _sm3_of_openssl if SM3_AT_HAND else _sm3}
