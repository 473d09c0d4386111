"""The SM3 of verify.py against its standard and against OpenSSL's; its canonical JSON against the package's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujun.digest import canonical_record, digest_bytes
from mujun.proof.offline.hashes import both_hashes, canonical, read_canonical, same_hashes, sm3_by_hand

KEY = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=3)
SAYABLE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3),
    max_leaves=8,
)


def test_sm3_by_hand_is_that_of_the_standard() -> None:
    """GB/T 32905—2016, examples A.1 and A.2."""
    assert sm3_by_hand(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3_by_hand(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.mark.parametrize("length", [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 200])
def test_sm3_by_hand_agrees_around_the_ends_of_blocks(length: int) -> None:
    assert sm3_by_hand(b"\xe4" * length).hex() == digest_bytes(b"\xe4" * length).sm3


def test_both_hashes_are_those_of_the_package() -> None:
    assert both_hashes(b"abc") == digest_bytes(b"abc").as_dict()
    assert same_hashes(digest_bytes(b"abc").as_dict(), b"abc")
    assert not same_hashes(digest_bytes(b"abc").as_dict(), b"abd")
    assert not same_hashes({"sha256": digest_bytes(b"abc").sha256}, b"abc")  # one is not enough
    assert not same_hashes(None, b"abc")


@given(SAYABLE)
def test_canonical_bytes_are_those_of_the_package_and_read_back(value: Any) -> None:
    data = canonical_record(value)

    assert canonical(value) == data
    assert read_canonical(data) == value


@pytest.mark.parametrize(
    "data", [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"1.5", b"NaN", b'"\\u0041"', b"\xff"]
)
def test_other_bytes_are_not_canonical(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (of several kinds)
        read_canonical(data)
