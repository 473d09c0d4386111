"""Canonical JSON and the two hashes, with an SM3 (GB/T 32905-2016) of its own where the computer has none."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import Any, Callable

ALGORITHMS = ("sha256", "sm3")
WRITTEN = {"sha256": "SHA-256", "sm3": "SM3"}
MOST_BYTES_BY_HAND = 1 << 18
"""Beyond this, pure Python takes too long: SM3 is then left out, and that is said."""


def hash_bytes(algorithm: str, data: bytes) -> bytes:
    """SHA-256 or SM3 of the bytes."""
    return hashlib.sha256(data).digest() if algorithm == "sha256" else SM3(data)


def both_hashes(data: bytes) -> dict[str, str]:
    """The hashes as they are written down; without SM3 where it would take too long."""
    named = ALGORITHMS if SM3_AT_HAND or len(data) <= MOST_BYTES_BY_HAND else ("sha256",)
    return {name: hash_bytes(name, data).hex() for name in named}


def same_hashes(written: Any, data: bytes) -> bool:
    """Whether the hashes written down are those of the bytes."""
    if not isinstance(written, dict):
        return False
    return set(ALGORITHMS) <= set(written) and all(written[name] == text for name, text in both_hashes(data).items())


def canonical(value: Any) -> bytes:
    """One value, one sequence of bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def read_canonical(data: bytes) -> Any:
    """The value, if these are its canonical bytes; else ValueError: not one byte may stand otherwise."""
    value = json.loads(data.decode("utf-8"), parse_float=_no_floats, parse_constant=_no_floats)
    if canonical(value) != data:
        raise ValueError("not canonical")
    return value


def unhex(text: str) -> bytes:
    """Bytes written in small hexadecimal digits, in this one way."""
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError("another way to write it")
    return data


def _no_floats(text: str) -> Any:
    raise ValueError(f"a float: {text}")


def _rotate(word: int, by: int) -> int:
    by %= 32
    return ((word << by) | (word >> (32 - by))) & 0xFFFFFFFF


_SM3_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_SM3_ROUND = [_rotate(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64)]


def sm3_by_hand(data: bytes) -> bytes:
    """SM3 in plain Python."""
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + struct.pack(">Q", 8 * len(data))
    state: tuple[int, ...] = _SM3_START
    for place in range(0, len(padded), 64):
        state = _sm3_block(state, struct.unpack(">16I", padded[place : place + 64]))
    return struct.pack(">8I", *state)


def _sm3_block(state: tuple[int, ...], block: tuple[int, ...]) -> tuple[int, ...]:
    words: list[int] = list(block)
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _rotate(words[j - 3], 15)
        mixed ^= _rotate(mixed, 15) ^ _rotate(mixed, 23)
        words.append(mixed ^ _rotate(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        turned = _rotate(a, 12)
        first = _rotate((turned + e + _SM3_ROUND[j]) & 0xFFFFFFFF, 7)
        chosen = (a ^ b ^ c) if j < 16 else ((a & b) | (a & c) | (b & c))
        picked = (e ^ f ^ g) if j < 16 else ((e & f) | (~e & g))
        left = (chosen + d + (first ^ turned) + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
        right = (picked + h + first + words[j]) & 0xFFFFFFFF
        a, b, c, d = left, a, _rotate(b, 9), c
        e, f, g, h = right ^ _rotate(right, 9) ^ _rotate(right, 17), e, _rotate(f, 19), g
    after = (a, b, c, d, e, f, g, h)
    return tuple(old ^ new for old, new in zip(state, after))


def _sm3_at_hand() -> bool:
    try:
        return hashlib.new("sm3", b"abc").hexdigest().startswith("66c7f0f4")
    except ValueError:
        return False


SM3_AT_HAND = _sm3_at_hand()
SM3: Callable[[bytes], bytes] = (lambda data: hashlib.new("sm3", data).digest()) if SM3_AT_HAND else sm3_by_hand
