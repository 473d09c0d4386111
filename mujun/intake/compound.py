"""The container of old Excel files: a small file system in a file. Finds streams by name; interprets none.

Every chain of sectors is followed at most as far as the file has sectors, so that a loop ends.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from mujun.intake.package import broken

MOST_BYTES = 128 << 20
"""65,536 rows by 256 columns take less."""

_LAST, _FREE = 0xFFFFFFFA, 0xFFFFFFFF
"""Sector numbers above the first mean the end of a chain, or no sector."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5


@frozen
class Compound:
    """Streams by name, `names` of all storages and streams. Streams in small sectors are read like the others."""

    path: Path
    names: tuple[str, ...]
    streams: dict[str, bytes]


def open_compound(path: Path, wanted: str) -> Compound:
    """Raises CannotGoOn when the container is damaged."""
    content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
    try:
        return _read(path, content, wanted)
    except (struct.error, IndexError, ValueError) as error:
        raise broken(path) from error


def _read(path: Path, content: bytes, wanted: str) -> Compound:
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    directory, _, cutoff, small_table, _, more, _ = struct.unpack_from("<7I", content, 48)
    if shift not in (9, 12) or small_shift != 6:
        raise ValueError("sector size")
    size = 1 << shift
    table = _table(content, size, more)

    def chain(start: int) -> bytes:
        numbers = list(_follow(table, start))
        if numbers and (max(numbers) + 1) * size >= len(content):
            raise ValueError("sector beyond the end")
        return b"".join(content[(number + 1) * size : (number + 2) * size] for number in numbers)

    names: list[str] = []
    streams: dict[str, bytes] = {}
    small: bytes = b""
    small_chains = array("I")
    entries = chain(directory)
    for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, place + 64)
        if not kind or not 2 <= length <= 64:
            continue
        name = entries[place : place + length - 2].decode("utf-16-le", "replace")
        start, stream_size = struct.unpack_from("<II", entries, place + 116)
        names.append(name)
        if kind == _ROOT:
            small, small_chains = chain(start)[:stream_size], _numbers(chain(small_table))
        elif kind == _STREAM and name.lower() == wanted.lower() and wanted not in streams:
            if stream_size >= cutoff:
                stream = chain(start)
            else:
                stream = b"".join(small[number * 64 : (number + 1) * 64] for number in _follow(small_chains, start))
            if len(stream) < stream_size:
                raise ValueError("stream cut off")
            streams[wanted] = stream[:stream_size]
    return Compound(path, tuple(names), streams)


def _table(content: bytes, size: int, more: int) -> array[int]:
    """Which sector follows which: its own sectors are named in the header, and in a chain of their own."""
    places = list(struct.unpack_from("<109I", content, 76))
    seen = 0
    while more < _LAST and seen <= len(content) // size:
        sector = _numbers(content[(more + 1) * size : (more + 2) * size])
        places += sector[:-1]
        more = sector[-1]
        seen += 1
    used = [place for place in places if place < _LAST]
    if len(used) > len(content) // size:
        raise ValueError("more tables than sectors")
    return _numbers(b"".join(content[(place + 1) * size : (place + 2) * size] for place in used))


def _numbers(content: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _follow(table: array[int], start: int) -> Iterator[int]:
    steps = 0
    while start < _LAST:
        yield start
        start = table[start]
        steps += 1
        if steps > len(table):
            raise ValueError("a loop")
