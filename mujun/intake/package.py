"""The zip package around a workbook: refused before anything is inflated when it is a bomb, broken or encrypted.

Sizes that a package declares may be lies, so every entry is inflated once, a piece at a time, and measured.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from mujun.findings import CannotGoOn
from mujun.intake.cells import refusal
from mujun.intake.file_name import visible
from mujun.intake.kind import password_needed

MOST_ENTRIES = 1_000
MOST_BYTES = 1 << 30
MOST_RATIO = 200
SMALL = 1 << 20
"""Bytes. An entry no larger than this may have any ratio."""

_PIECE = 1 << 16
_END, _LOCAL, _ZIP64_LOCATOR = b"PK\x05\x06", b"PK\x03\x04", b"PK\x06\x07"
_END_SIZE, _LOCAL_SIZE, _LOCATOR_SIZE = 22, 30, 20
_LONGEST_END = _END_SIZE + 65_535
_MOST_DIRECTORY = 1 << 20
ASK = "请向报送人核实文件来源，用 WPS 或 Excel 重新另存一份。"


@frozen
class Package:
    """A package that passed. Names are compared in lower case, as workbook readers do."""

    path: Path
    entries: dict[str, zipfile.ZipInfo]

    @property
    def size(self) -> int:
        """Bytes of everything, inflated."""
        return sum(entry.file_size for entry in self.entries.values())

    def inflate(self, name: str) -> Iterator[bytes]:
        """An entry, a piece at a time. Raises CannotGoOn when it is not what was declared."""
        entry = self.entries[name.lower()]
        done = 0
        try:
            for piece in _pieces(self.path, entry):
                done += len(piece)
                if done > entry.file_size:
                    raise refused(self.path, "zip_bomb", "压缩包里的内容比它声明的大，可能是恶意文件，没有打开。")
                yield piece
        except (zlib.error, struct.error, ValueError, OSError) as error:
            raise broken(self.path) from error
        if done != entry.file_size:
            raise broken(self.path)


def open_package(path: Path) -> Package:
    """Check the directory. Inflates nothing."""
    _check_end(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise broken(path) from error
    if len(entries) > MOST_ENTRIES:
        raise _too_many_entries(path)
    if any(entry.flag_bits & 1 for entry in entries):
        raise password_needed(path)
    _check_sizes(path, entries)
    _check_names(path, entries)
    if not {entry.compress_type for entry in entries} <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise broken(path)
    _check_places(path, entries)
    return Package(path, {entry.orig_filename.lower(): entry for entry in entries})


def refused(path: Path, code: str, message: str) -> CannotGoOn:
    """Something that an honest file does not hold."""
    return refusal(path.name, code, message, ASK)


def broken(path: Path) -> CannotGoOn:
    return refusal(path.name, "broken_file", "工作簿不完整或已损坏。", "请重新下载，或用 WPS 或 Excel 打开后另存一份。")


def _check_end(path: Path) -> None:
    """The end record tells how many entries to expect, before the directory is read; and there is only one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _LONGEST_END, 0))
        tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_SIZE:
        raise broken(path)
    entries, directory, start, comment = struct.unpack("<HIIH", tail[place + 10 : place + _END_SIZE])
    if entries > MOST_ENTRIES or directory > _MOST_DIRECTORY:
        raise _too_many_entries(path)
    before = tail[max(place - _LOCATOR_SIZE, 0) : place]
    joined = start + directory == size - len(tail) + place or before.startswith(_ZIP64_LOCATOR)
    if not joined or len(tail) != place + _END_SIZE + comment:
        raise broken(path)


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise refused(path, "zip_bomb", f"解压后有{total >> 20:,} MiB，超过{MOST_BYTES >> 20:,} MiB，没有打开。")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            ratio = entry.file_size // max(entry.compress_size, 1)
            raise refused(path, "zip_bomb", f"压缩比是{ratio:,}倍，超过{MOST_RATIO}倍，可能是恶意文件，没有打开。")


def _check_names(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Names that lead out of the package, or that two entries share: programs would disagree on which one is meant."""
    seen = set()
    for entry in entries:
        name = entry.orig_filename
        parts = name.replace("\\", "/").split("/")
        if ".." in parts or not parts[0] or ":" in parts[0] or any(ord(sign) < 32 for sign in name):
            message = f"压缩包里有指向别处的文件名“{visible(name)}”，可能是恶意文件，没有打开。"
            raise refused(path, "unsafe_name", message)
        if name.lower() in seen:
            message = f"压缩包里有两个同名文件“{visible(name)}”，分不清以哪个为准，没有打开。"
            raise refused(path, "duplicate_entry", message)
        seen.add(name.lower())


def _check_places(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Entries that lie over one another make a small file large; their own headers agree with the directory's names."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for first, second in pairwise(ordered):
        if first.header_offset + _LOCAL_SIZE + first.compress_size > second.header_offset:
            raise refused(path, "zip_bomb", "压缩包里的文件互相重叠，可能是恶意文件，没有打开。")
    with path.open("rb") as file:
        for entry in ordered:
            file.seek(entry.header_offset)
            head = file.read(_LOCAL_SIZE)
            if len(head) < _LOCAL_SIZE or not head.startswith(_LOCAL):
                raise broken(path)
            name = file.read(struct.unpack("<H", head[26:28])[0])
            if name != entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437"):
                raise broken(path)


def _pieces(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    with path.open("rb") as file:
        file.seek(entry.header_offset + 26)
        name, extra = struct.unpack("<HH", file.read(4))
        file.seek(name + extra, 1)
        left = entry.compress_size
        while left > 0 and (raw := file.read(min(left, _PIECE))):
            left -= len(raw)
            if entry.compress_type == zipfile.ZIP_STORED:
                yield raw
                continue
            while raw:
                yield decoder.decompress(raw, _PIECE)
                raw = decoder.unconsumed_tail


def _too_many_entries(path: Path) -> CannotGoOn:
    return refused(path, "zip_bomb", f"压缩包里的文件超过{MOST_ENTRIES:,}个，不像工作簿，没有打开。")
