"""Whether a chain of audit events is whole: nothing altered, put in, taken out, moved, or cut off at the end."""

from __future__ import annotations

from typing import Any, Sequence, Tuple

from mujun.proof.offline.hashes import ALGORITHMS, canonical, hash_bytes

CHAIN_PURPOSE = b"mujun/audit/1\n"
CHAIN_START = dict.fromkeys(ALGORITHMS, "0" * 64)
Fault = Tuple[int, str, str]
"""A sequence number, a code, a sentence."""


def link_hashes(sequence: int, content: str, previous: dict[str, str]) -> dict[str, str]:
    """An event's two hashes: each over its number, its content and the same hash of the event before."""
    return {
        name: hash_bytes(name, CHAIN_PURPOSE + canonical([sequence, content, previous[name]])).hex()
        for name in ALGORITHMS
    }


def chain_faults(
    rows: Sequence[dict[str, Any]],
    points: Sequence[dict[str, Any]] = (),
) -> list[Fault]:
    """All that is wrong, the first bad number first. `rows`: sequence, content, sha256, sm3, in the order they lie.

    `points` are numbers with their hashes that were kept elsewhere; without any, a tail cut off cannot be missed.
    """
    faults: list[Fault] = []
    expected, previous = 1, CHAIN_START
    for row in rows:
        sequence = row["sequence"]
        if sequence != expected:
            faults.append(_out_of_order(sequence, expected))
            if sequence < expected:
                return faults
        elif _written(row) != link_hashes(sequence, row["content"], previous):
            faults.append((sequence, "link_broken", _broken(sequence)))
        expected, previous = sequence + 1, _written(row)
    faults += _against_points(rows, points)
    return sorted(faults, key=lambda fault: fault[0])


def _written(row: dict[str, Any]) -> dict[str, str]:
    return {name: row[name] for name in ALGORITHMS}


def _broken(sequence: int) -> str:
    if sequence == 1:
        return "第1条被改动：内容与指纹不符。"
    return f"第{sequence}条接不上第{sequence - 1}条：内容或次序被改动。"


def _out_of_order(sequence: int, expected: int) -> Fault:
    if sequence > expected:
        gone = f"第{expected}条" if sequence == expected + 1 else f"第{expected}至{sequence - 1}条"
        return expected, "link_missing", f"{gone}不见了。"
    return expected, "link_moved", f"应是第{expected}条的地方是第{sequence}条：次序被改动，或有重复。"


def _against_points(
    rows: Sequence[dict[str, Any]],
    points: Sequence[dict[str, Any]],
) -> list[Fault]:
    known = {row["sequence"]: row for row in rows}
    last = max(known, default=0)
    faults: list[Fault] = []
    for point in sorted(points, key=lambda one: one["sequence"]):
        sequence = point["sequence"]
        if sequence > last:
            text = f"末尾被截去：库外留存的校验点是第{sequence}条，这里只到第{last}条。"
            faults.append((last + 1, "tail_missing", text))
            break
        if sequence and sequence in known and _written(known[sequence]) != _written(point):
            text = f"第{sequence}条与库外留存的校验点不符：这一条或它以前的被整段改写。"
            faults.append((sequence, "point_differs", text))
    return faults
