"""A tree that was kept gives the same proofs as the one that was built."""

from __future__ import annotations

import pytest

from mujun.proof.checkpoint import make_checkpoint, read_checkpoint
from mujun.proof.merkle import build_tree
from mujun.proof.tree_file import read_tree, tree_bytes
from mujun.proof.units import seal_units, unit_proof, unit_proof_from
from tests.proof.lists import RECORDS, SECRET, SMALL


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_a_tree_comes_back_whole(size: int) -> None:
    tree = build_tree("示例", [str(number).encode() for number in range(size)])

    assert read_tree(tree_bytes(tree)) == tree


def test_a_tree_cut_short_is_refused() -> None:
    tree = build_tree("示例", [b"1", b"2", b"3"])
    with pytest.raises(ValueError, match="cut short"):
        read_tree(tree_bytes(tree)[:-1])


def test_a_unit_has_the_same_file_from_a_kept_tree() -> None:
    sealed = seal_units(2019, "small", RECORDS, SECRET)
    checkpoint = make_checkpoint([(SMALL, sealed.root)])
    kept = read_tree(tree_bytes(sealed.tree))

    file = unit_proof_from(kept, 2, "small", RECORDS["03"], SECRET, checkpoint)
    assert file == unit_proof(sealed, "03", RECORDS["03"], checkpoint)
    assert read_checkpoint(checkpoint.as_dict()) == checkpoint
