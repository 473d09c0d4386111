"""Files named by the hash of their bytes: whole or not there, on the disk before anyone points at them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from mujun.digest import Digest, digest_bytes, digest_file

_CHUNK = 1 << 20


def keep_bytes(folder: Path, data: bytes, suffix: str = "") -> Digest:
    """Store bytes as `<sha256><suffix>`; bytes that are there already are not written again."""
    digest = digest_bytes(data)
    _keep(folder, digest.sha256 + suffix, [data])
    return digest


def keep_file(folder: Path, path: Path, suffix: str = "") -> Digest:
    """Store a copy of a file. Raises OSError when it was changed while it was copied."""
    digest = digest_file(path)
    _keep(folder, digest.sha256 + suffix, _chunks(path), digest)
    return digest


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that a reader finds either the old text or the new."""
    with NamedTemporaryFile("wb", dir=path.parent, prefix=".", suffix=".part", delete=False) as file:
        try:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames last. Some systems cannot open a folder; there the file system has to."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # pragma: no cover - Windows
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep(folder: Path, name: str, pieces: Iterable[bytes], expected: Digest | None = None) -> None:
    place = folder / name[:2]
    target = place / name
    if target.exists():
        return
    fresh = not place.exists()
    place.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("wb", dir=place, prefix=".", suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            if expected is not None and digest_file(part) != expected:
                raise OSError(None, "文件在读的时候被改动了")
            part.chmod(0o444)
            os.replace(part, target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    sync_folder(place)
    if fresh:
        sync_folder(folder)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
