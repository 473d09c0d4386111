"""SHA-256 and SM3 against the examples that their standards print."""

from decimal import Decimal
from pathlib import Path

import pytest

from mujun.digest import Digest, canonical_json, canonical_record, digest_bytes, digest_file

ABC = Digest(
    sha256="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    sm3="66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
)
"""FIPS 180-2, example B.1, and GB/T 32905—2016, example A.1."""


def test_digests_of_abc_are_those_of_the_standards() -> None:
    assert digest_bytes(b"abc") == ABC


def test_sm3_of_sixteen_times_abcd_is_that_of_the_standard() -> None:
    """GB/T 32905—2016, example A.2: 64 bytes, so that padding takes a block of its own."""
    assert digest_bytes(b"abcd" * 16).sm3 == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_file_has_the_digest_of_its_bytes_however_long_it_is(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"abc")
    large.write_bytes(b"0123456789abcdef" * 70_000)  # more than one chunk of a mebibyte

    assert digest_file(small) == ABC
    assert digest_file(large) == digest_bytes(large.read_bytes())


def test_as_dict_names_both() -> None:
    assert ABC.as_dict() == {"sha256": ABC.sha256, "sm3": ABC.sm3}


def test_canonical_json_is_one_sequence_of_bytes_for_one_value() -> None:
    one = canonical_json({"乙": [1, 2.5, None, True], "a": "亩"})
    other = canonical_json({"a": "亩", "乙": [1, 2.5, None, True]})

    assert one == other == '{"a":"亩","乙":[1,2.5,null,true]}'.encode()


def test_canonical_json_refuses_what_json_cannot_say() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))


def test_canonical_record_is_canonical_json_without_floats() -> None:
    """RFC 8785, 3.2.3: keys in order, no spaces, the short escapes and no others."""
    value = {"乙": ["1.20", -3, None, True], "a": "\u20ac$\u000f\nA'B\"\\/", "B": {}}

    assert canonical_record(value) == '{"B":{},"a":"€$\\u000f\\nA\'B\\"\\\\/","乙":["1.20",-3,null,true]}'.encode()


@pytest.mark.parametrize("value", [1.0, Decimal(1), {"a": [0.5]}, {1: "a"}, {"\U0001f600": "a"}, {"a": b"b"}])
def test_canonical_record_refuses_what_readers_could_take_otherwise(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_record(value)


def test_canonical_record_refuses_whole_numbers_that_readers_round() -> None:
    assert canonical_record(2**53 - 1) == b"9007199254740991"
    with pytest.raises(ValueError, match=r"beyond 2\^53"):
        canonical_record(2**53)
