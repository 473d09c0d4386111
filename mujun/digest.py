"""Canonical bytes and their hashes: SHA-256 and SM3 (GB/T 32905—2016)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from attrs import frozen
from cryptography.hazmat.primitives.hashes import SM3, Hash

_CHUNK = 1 << 20


@frozen
class Digest:
    """Both hashes of the same bytes, in lower-case hexadecimal."""

    sha256: str
    sm3: str

    def as_dict(self) -> dict[str, str]:
        return {"sha256": self.sha256, "sm3": self.sm3}


def digest_bytes(data: bytes) -> Digest:
    """Hash bytes in memory."""
    sm3 = Hash(SM3())
    sm3.update(data)
    return Digest(hashlib.sha256(data).hexdigest(), sm3.finalize().hex())


def digest_file(path: Path) -> Digest:
    """Hash a file, a mebibyte at a time."""
    sha256, sm3 = hashlib.sha256(), Hash(SM3())
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
            sm3.update(chunk)
    return Digest(sha256.hexdigest(), sm3.finalize().hex())


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8, no floats that read back otherwise: one value, one sequence of bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
