"""Trees of a few leaves one can draw on paper; proofs for every leaf; and nothing else passes for a leaf."""

from __future__ import annotations

import hashlib

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from mujun.digest import digest_bytes
from mujun.proof import Inclusion, build_tree, check_inclusion

PURPOSE = "p"
RECORDS = [b"a", b"b", b"c", b"d", b"e", b"f", b"g"]


def leaf(record: bytes, salt: bytes = b"") -> bytes:
    return hashlib.sha256(b"\x00\x01p" + bytes([len(salt)]) + salt + record).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01\x01p" + left + right).digest()


def test_root_of_one_record_is_its_leaf() -> None:
    tree = build_tree(PURPOSE, [b"a"])

    assert tree.root == digest_bytes(b"\x00\x01p\x00a")
    assert tree.prove(0) == Inclusion(0, 1, ())
    assert check_inclusion(PURPOSE, b"a", tree.prove(0), tree.root)


def test_root_of_five_records_is_the_one_drawn_by_hand() -> None:
    """RFC 6962, 2.1: split at the largest power of two below five."""
    a, b, c, d, e = (leaf(record) for record in RECORDS[:5])

    tree = build_tree(PURPOSE, RECORDS[:5])

    assert tree.root.sha256 == node(node(node(a, b), node(c, d)), e).hex()
    path = tree.prove(2).path
    assert [step.sha256 for step in path] == [d.hex(), node(a, b).hex(), e.hex()]
    assert [step.sha256 for step in tree.prove(4).path] == [node(node(a, b), node(c, d)).hex()]


def test_sm3_tree_has_the_same_shape() -> None:
    def sm3(data: bytes) -> bytes:
        return bytes.fromhex(digest_bytes(data).sm3)

    a, b, c = (sm3(b"\x00\x01p\x00" + record) for record in RECORDS[:3])

    assert build_tree(PURPOSE, RECORDS[:3]).root.sm3 == sm3(b"\x01\x01p" + sm3(b"\x01\x01p" + a + b) + c).hex()


def test_salt_stands_with_its_length_before_the_record() -> None:
    tree = build_tree(PURPOSE, [b"a"], [b"salt"])

    assert tree.root.sha256 == leaf(b"a", b"salt").hex()
    assert check_inclusion(PURPOSE, b"a", tree.prove(0), tree.root, b"salt")
    assert not check_inclusion(PURPOSE, b"ta", tree.prove(0), tree.root, b"sal")


@pytest.mark.parametrize("size", range(1, 18))
def test_every_record_is_proved_and_no_other(size: int) -> None:
    records = [str(number).encode() for number in range(size)]
    tree = build_tree(PURPOSE, records)

    for index, record in enumerate(records):
        proof = tree.prove(index)
        assert check_inclusion(PURPOSE, record, proof, tree.root)
        assert not check_inclusion(PURPOSE, record + b"x", proof, tree.root)
        assert not check_inclusion("q", record, proof, tree.root)
        for other in range(size):
            assert check_inclusion(PURPOSE, record, evolve(proof, index=other), tree.root) == (other == index)


def test_inner_node_does_not_pass_for_a_record() -> None:
    """Without the 0 and the 1 in front, the two leaves side by side would be a record of a tree of one."""
    tree = build_tree(PURPOSE, RECORDS[:2])
    pair = leaf(b"a") + leaf(b"b")

    assert not check_inclusion(PURPOSE, pair, Inclusion(0, 1, ()), tree.root)


def test_proof_of_another_length_is_refused() -> None:
    tree = build_tree(PURPOSE, RECORDS)
    proof = tree.prove(3)

    assert check_inclusion(PURPOSE, b"d", proof, tree.root)
    assert not check_inclusion(PURPOSE, b"d", evolve(proof, path=proof.path[:-1]), tree.root)
    assert not check_inclusion(PURPOSE, b"d", evolve(proof, path=(*proof.path, proof.path[0])), tree.root)
    assert not check_inclusion(PURPOSE, b"d", evolve(proof, index=7), tree.root)
    assert not check_inclusion(PURPOSE, b"d", evolve(proof, index=-1), tree.root)


def test_both_hashes_have_to_hold() -> None:
    tree = build_tree(PURPOSE, RECORDS)
    proof = tree.prove(0)

    assert not check_inclusion(PURPOSE, b"a", proof, evolve(tree.root, sm3="0" * 64))
    assert not check_inclusion(PURPOSE, b"a", proof, evolve(tree.root, sha256="0" * 64))


def test_tree_wants_records_and_a_salt_for_each() -> None:
    with pytest.raises(ValueError, match="at least one record"):
        build_tree(PURPOSE, [])
    with pytest.raises(ValueError, match=r"shorter|longer"):
        build_tree(PURPOSE, [b"a", b"b"], [b"salt"])
    with pytest.raises(IndexError):
        build_tree(PURPOSE, [b"a"]).prove(1)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_any_record_of_any_tree_is_proved(records: list[bytes], data: st.DataObject) -> None:
    tree = build_tree("mujun/测试/1", records)
    index = data.draw(st.integers(0, len(records) - 1))

    assert check_inclusion(tree.purpose, records[index], tree.prove(index), tree.root)
