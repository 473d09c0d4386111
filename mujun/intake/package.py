"""The zip package around a workbook: refused before anything is inflated when it is a bomb, broken or encrypted.

Sizes that a package declares may be lies, so every entry is inflated once, a piece at a time, and measured.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from mujun.findings import CannotGoOn
from mujun.intake.cells import refusal

MOST_ENTRIES = 1_000
MOST_BYTES = 1 << 30
MOST_RATIO = 200
SMALL = 1 << 20
"""Bytes. An entry no larger than this may have any ratio."""

_PIECE = 1 << 16
_END = b"PK\x05\x06"
_LONGEST_END = 22 + 65_535
_MOST_DIRECTORY = 1 << 20


@frozen
class Package:
    """A package that passed. Names are compared in lower case, as workbook readers do."""

    path: Path
    entries: dict[str, zipfile.ZipInfo]

    def inflate(self, name: str) -> Iterator[bytes]:
        """An entry, a piece at a time. Raises CannotGoOn when it is not what was declared."""
        entry = self.entries[name.lower()]
        done = 0
        try:
            for piece in _pieces(self.path, entry):
                done += len(piece)
                if done > entry.file_size:
                    raise _refused(self.path, "zip_bomb", "压缩包里的内容比它声明的大，可能是恶意文件，没有打开。")
                yield piece
        except (zlib.error, struct.error, ValueError, OSError) as error:
            raise broken(self.path) from error
        if done != entry.file_size:
            raise broken(self.path)


def open_package(path: Path) -> Package:
    """Check the directory, then every entry."""
    _check_end(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise broken(path) from error
    if len(entries) > MOST_ENTRIES:
        raise _too_many_entries(path)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal(path.name, "encrypted", "文件加了密码，读不了。", "请用 WPS 或 Excel 打开，取消打开密码后另存。")
    _check_sizes(path, entries)
    package = Package(path, {entry.filename.lower(): entry for entry in entries})
    methods = {entry.compress_type for entry in entries}
    if len(package.entries) != len(entries) or not methods <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise broken(path)
    for name in package.entries:
        for _ in package.inflate(name):
            pass
    return package


def _check_end(path: Path) -> None:
    """The end record tells how many entries to expect, before the directory is read."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _LONGEST_END, 0))
        tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise broken(path)
    entries, directory = struct.unpack("<HI", tail[place + 10 : place + 16])
    if entries > MOST_ENTRIES or directory > _MOST_DIRECTORY:
        raise _too_many_entries(path)


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > MOST_BYTES:
        raise _refused(path, "zip_bomb", f"解压后有{total >> 20:,} MiB，超过{MOST_BYTES >> 20:,} MiB，没有打开。")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            ratio = entry.file_size // max(entry.compress_size, 1)
            raise _refused(path, "zip_bomb", f"压缩比是{ratio:,}倍，超过{MOST_RATIO}倍，可能是恶意文件，没有打开。")


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
    return _refused(path, "zip_bomb", f"压缩包里的文件超过{MOST_ENTRIES:,}个，不像工作簿，没有打开。")


def _refused(path: Path, code: str, message: str) -> CannotGoOn:
    return refusal(path.name, code, message, "请向报送人核实文件来源，用 WPS 或 Excel 重新另存一份。")


def broken(path: Path) -> CannotGoOn:
    return refusal(path.name, "broken_file", "工作簿不完整或已损坏。", "请重新下载，或用 WPS 或 Excel 打开后另存一份。")
