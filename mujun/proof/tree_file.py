"""A hash tree as bytes and back, so that one proof is taken out later without the records it was built from."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mujun.digest import canonical_record
from mujun.proof.merkle import Tree
from mujun.proof.offline.hashes import ALGORITHMS

FORMAT = "mujun.tree/1"
_WIDTH = 32


def tree_bytes(tree: Tree) -> bytes:
    """One line that says what it is; then the levels, leaves first, of one algorithm after the other."""
    head = canonical_record({"format": FORMAT, "purpose": tree.purpose, "size": tree.size})
    return head + b"\n" + b"".join(level for name in ALGORITHMS for level in tree.levels[name])


def read_tree(data: bytes) -> Tree:
    """Raises ValueError for anything but what `tree_bytes` gives."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    if set(head) != {"format", "purpose", "size"} or head["format"] != FORMAT:
        raise ValueError("not a tree")
    widths = list(_widths(head["size"]))
    if len(rest) != len(ALGORITHMS) * sum(widths):
        raise ValueError("a tree cut short")
    levels: dict[str, tuple[bytes, ...]] = {}
    place = 0
    for name in ALGORITHMS:
        cut = []
        for width in widths:
            cut.append(rest[place : place + width])
            place += width
        levels[name] = tuple(cut)
    return Tree(head["purpose"], head["size"], levels)


def _widths(size: int) -> Iterator[int]:
    """How many bytes each level has: every level has half as many hashes, rounded up, down to one."""
    while size > 1:
        yield size * _WIDTH
        size = (size + 1) // 2
    yield size * _WIDTH
