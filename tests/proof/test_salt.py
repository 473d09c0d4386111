"""Why private leaves are salted: a score has a million values, and a computer tries them all."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from mujun.digest import canonical_record
from mujun.proof import build_tree, derive_salt

SECRET = bytes(range(32))
PURPOSE = "mujun/units/1/2019/manufacturing"


def statement(hundredths: int) -> bytes:
    return canonical_record({"key": "甲厂", "score": f"{hundredths / 100:.2f}"})


def guess(root: str, salt: bytes) -> int | None:
    """Try every score from 0.00 to 150.00 against the root of a tree of one."""
    return next((n for n in range(15_001) if build_tree(PURPOSE, [statement(n)], [salt]).root.sha256 == root), None)


def test_unsalted_score_falls_to_guessing_and_a_salted_one_does_not() -> None:
    score = 11_839
    unsalted = build_tree(PURPOSE, [statement(score)], [b""]).root.sha256
    salt = derive_salt(SECRET, PURPOSE, "甲厂")
    salted = build_tree(PURPOSE, [statement(score)], [salt]).root.sha256

    assert guess(unsalted, b"") == score
    assert guess(salted, b"") is None
    assert guess(salted, derive_salt(bytes(32), PURPOSE, "甲厂")) is None  # another secret
    assert guess(salted, derive_salt(SECRET, PURPOSE, "乙厂")) is None  # a neighbour's own salt
    assert guess(salted, salt) == score  # the unit itself, which has its salt, could


def test_salt_is_the_hmac_of_purpose_and_key() -> None:
    expected = hmac.new(SECRET, '["p","甲"]'.encode(), hashlib.sha256).digest()

    assert derive_salt(SECRET, "p", "甲") == expected


def test_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes"):
        derive_salt(b"x" * 31, "p", "甲")
