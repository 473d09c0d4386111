"""Files that go out together: with a manifest of every byte, with verify.py, as a folder or as a zip.

Knows nothing of what the files say. The same files give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from mujun.digest import canonical_record, digest_bytes
from mujun.proof.offline.container import is_plain, stored_zip
from mujun.proof.offline.manifest import MANIFEST, MANIFEST_FORMAT
from mujun.proof.script import verify_script

VERIFY, README = "verify.py", "README.txt"


@frozen
class Packed:
    """One file, and what it is called where it has to be named."""

    path: str
    label: str
    data: bytes


def pack(kind: str, title: str, files: Iterable[Packed]) -> dict[str, bytes]:
    """All files by path, verify.py and the manifest added."""
    every = [*files, Packed(VERIFY, "核对程序", verify_script())]
    packed: dict[str, bytes] = {}
    for file in every:
        _require_plain(file.path)
        if file.path in packed or file.path == MANIFEST:
            raise ValueError(f"two files are called {file.path}")
        packed[file.path] = file.data
    entries: list[dict[str, Any]] = [
        {"path": file.path, "label": file.label, "size": len(file.data), **digest_bytes(file.data).as_dict()}
        for file in sorted(every, key=lambda file: file.path)
    ]
    manifest = {"format": MANIFEST_FORMAT, "kind": kind, "title": title, "files": entries}
    own = digest_bytes(canonical_record(manifest)).as_dict()
    return {**packed, MANIFEST: canonical_record({**manifest, "own": own})}


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """The deterministic zip. Raises ValueError above 4 GiB: then the folder goes out."""
    return stored_zip(dict(files))


def _require_plain(path: str) -> None:
    if not is_plain(path):
        raise ValueError(f"not a plain path: {path}")
