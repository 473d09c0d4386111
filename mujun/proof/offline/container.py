"""The files of a bundle, from a folder or a zip. The zip has one shape only, so that not a byte of it is free."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib

from mujun.proof.offline.account import Account

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UTF8, _DATE = 20, 0x800, 0x21
_MOST_FILES, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF


def stored_zip(files: dict[str, bytes]) -> bytes:
    """A zip without compression: names in order, dated 1980-01-01. The same files, the same bytes, everywhere."""
    if len(files) >= _MOST_FILES or sum(len(data) + 200 + 2 * len(name) for name, data in files.items()) > _MOST_BYTES:
        raise ValueError("more than 4 GiB or 65,534 files: give the folder, not a zip")
    body, directory, offset = [], [], 0
    for name in sorted(files):
        data, named = files[name], name.encode("utf-8")
        size, check = len(data), zlib.crc32(data) & 0xFFFFFFFF
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, _UTF8, 0, 0, _DATE, check, size, size, len(named), 0)
        central = (b"PK\x01\x02", _VERSION, _VERSION, _UTF8, 0, 0, _DATE, check, size, size, len(named), 0, 0, 0, 0, 0)
        body += [local, named, data]
        directory += [_CENTRAL.pack(*central, offset), named]
        offset += len(local) + len(named) + size
    index = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(index), offset, 0)
    return b"".join(body) + index + end


def is_plain(path: str) -> bool:
    """Whether a path stays below the folder it is put in, on every system."""
    parts = path.split("/")
    return not any(mark in path for mark in "\\:\0") and not any(part in ("", ".", "..") for part in parts)


def read_zip(data: bytes, account: Account) -> dict[str, bytes]:
    """The files of a zip; what cannot be read is told. A byte that belongs to no file's content is told as well.

    Nothing is inflated: a bundle is stored as it is, and what somebody has compressed again is to be unpacked first.
    """
    files: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if entry.compress_type != zipfile.ZIP_STORED or not is_plain(entry.filename):
                    account.fails("zip_shell", entry.filename, "在压缩包里不是生成时的样子；重新压缩过的请解开再核对。")
                    continue
                try:
                    files[entry.filename] = archive.read(entry)
                except _UNREADABLE:
                    account.fails("damaged", entry.filename, "在压缩包里已损坏，读不出来。")
    except _UNREADABLE:
        account.fails("damaged_zip", "压缩包", "已损坏，打不开。")
        return {}
    if not account.failed:
        expected = stored_zip(files)
        if expected != data:
            place = next((at for at, pair in enumerate(zip(expected, data)) if pair[0] != pair[1]), None)
            at = min(len(expected), len(data)) if place is None else place
            text = f"外壳从第{at + 1}个字节起被改动（里面的文件另行核对）；自己重新压缩过的，请解开后核对文件夹。"
            account.fails("zip_shell", "压缩包", text)
    return files


_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


def read_folder(folder: str) -> dict[str, bytes]:
    """Every file below the folder, by its path with slashes; what Python leaves behind is passed over."""
    files: dict[str, bytes] = {}
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(here, name)
            with open(path, "rb") as file:
                files[os.path.relpath(path, folder).replace(os.sep, "/")] = file.read()
    return files


def read_bundle(path: str, account: Account) -> dict[str, bytes]:
    """The files of a bundle, whichever of the two it is."""
    if os.path.isdir(path):
        return read_folder(path)
    with open(path, "rb") as file:
        return read_zip(file.read(), account)
