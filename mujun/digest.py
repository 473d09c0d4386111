"""Canonical bytes and their hashes: SHA-256 and SM3 (GB/T 32905—2016)."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from attrs import frozen
from cryptography.hazmat.primitives.hashes import SM3, Hash

_CHUNK = 1 << 20
_MOST_EXACT = 2**53 - 1
"""Every reader of JSON holds whole numbers up to here exactly (RFC 8785 rests on RFC 7493)."""


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


def canonical_record(value: Any) -> bytes:
    """What is hashed to be proved later, in the form of RFC 8785: as `canonical_json`, but a number is a whole one or a
    decimal in a string, so that no reader's floats come between the bytes and their meaning.
    """
    _refuse_inexact(value)
    return canonical_json(value)


def _refuse_inexact(value: Any) -> None:
    """Raises TypeError or ValueError: only a programmer can put such a value here."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int:
        if not -_MOST_EXACT <= value <= _MOST_EXACT:
            raise ValueError(f"whole number beyond 2^53: print it as a string ({value})")
    elif kind is dict:
        for key, item in value.items():
            if type(key) is not str or any(character > "\uffff" for character in key):
                raise TypeError(f"a key is text of the basic plane, where all orders agree: {key!r}")
            _refuse_inexact(item)
    elif kind is list or kind is tuple:
        for item in value:
            _refuse_inexact(item)
    else:
        raise TypeError(f"print {kind.__name__} as text before it is hashed: {value!r}")
