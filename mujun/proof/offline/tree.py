"""Whether a leaf lies under the root of a hash tree (RFC 6962, with a purpose in every hash). Builds no tree."""

from __future__ import annotations

from typing import Any, Sequence

from mujun.proof.offline.hashes import ALGORITHMS, hash_bytes, unhex


def leaf_prefix(purpose: str) -> bytes:
    """What stands before a leaf: 0 and the purpose, so that no leaf passes for a node or for another tree's leaf."""
    named = purpose.encode("utf-8")
    return b"\x00" + bytes([len(named)]) + named


def node_prefix(purpose: str) -> bytes:
    """What stands before two children: 1 and the purpose."""
    named = purpose.encode("utf-8")
    return b"\x01" + bytes([len(named)]) + named


def leaf_hash(algorithm: str, purpose: str, salt: bytes, content: bytes) -> bytes:
    """A leaf: its salt, with its length, before the content."""
    return hash_bytes(algorithm, leaf_prefix(purpose) + bytes([len(salt)]) + salt + content)


def climb(
    algorithm: str,
    purpose: str,
    leaf: bytes,
    index: int,
    size: int,
    path: Sequence[bytes],
) -> bytes | None:
    """The root above a leaf, its neighbours given from below; None if the path has not the length it must have."""
    if not 0 <= index < size:
        return None
    prefix, here, last, left = node_prefix(purpose), leaf, size - 1, list(path)
    while last > 0:
        if index % 2 == 1 or index < last:  # an odd one out at the right edge has no neighbour and moves up as it is
            if not left:
                return None
            neighbour = left.pop(0)
            pair = neighbour + here if index % 2 == 1 else here + neighbour
            here = hash_bytes(algorithm, prefix + pair)
        index, last = index // 2, last // 2
    return None if left else here


def lies_under(
    root: dict[str, str],
    purpose: str,
    content: bytes,
    proof: dict[str, Any],
    salt: bytes = b"",
) -> bool:
    """Whether both trees lead from the content to the root. `proof`: index, size, path (sha256 and sm3 of each)."""
    try:
        index, size, path = proof["index"], proof["size"], proof["path"]
        if set(proof) != {"index", "size", "path"} or any(set(step) != set(ALGORITHMS) for step in path):
            return False
        for algorithm in ALGORITHMS:
            leaf = leaf_hash(algorithm, purpose, salt, content)
            steps = [unhex(step[algorithm]) for step in path]
            above = climb(algorithm, purpose, leaf, index, size, steps)
            if above is None or above.hex() != root[algorithm]:
                return False
    except (KeyError, TypeError, ValueError):
        return False
    return True


def root_over(purpose: str, records: list[bytes]) -> dict[str, str]:
    """The root of a small tree, worked out anew."""
    roots = {}
    for algorithm in ALGORITHMS:
        level = [leaf_hash(algorithm, purpose, b"", record) for record in records]
        while len(level) > 1:
            pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
            prefix = node_prefix(purpose)
            level = [hash_bytes(algorithm, prefix + b"".join(pair)) if len(pair) == 2 else pair[0] for pair in pairs]
        roots[algorithm] = level[0].hex()
    return roots
