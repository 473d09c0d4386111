"""Proof: that a published list is the decided one, that nobody touched the record, that a unit's row is its own.

Values in, values out. Whether the rules give this list is asked of the engine by `cli`, not here.
"""

from mujun.proof.hash_chain import Link, Point, add_link, point_of, verify_chain
from mujun.proof.merkle import Inclusion, Tree, build_tree, check_inclusion
from mujun.proof.salt import derive_salt

__all__ = [
    "Inclusion",
    "Link",
    "Point",
    "Tree",
    "add_link",
    "build_tree",
    "check_inclusion",
    "derive_salt",
    "point_of",
    "verify_chain",
]
