"""Change the rules of a scheme without touching the rest of its file, and say in words what changed."""

from mujun.scheme.amend.add import add_indicator
from mujun.scheme.amend.clauses import ISSUED, Assumed, assume_again, assumed, cite_clauses
from mujun.scheme.amend.compare import Change, compare
from mujun.scheme.amend.entries import Entry, entries_of
from mujun.scheme.amend.new_indicator import NewIndicator, NewVariable
from mujun.scheme.amend.put import put_entries
from mujun.scheme.amend.remove import Removal, removal_of, remove_indicator
from mujun.scheme.amend.splice import REMOVE, amend
from mujun.scheme.amend.words import SECTIONS

__all__ = [
    "ISSUED",
    "REMOVE",
    "SECTIONS",
    "Assumed",
    "Change",
    "Entry",
    "NewIndicator",
    "NewVariable",
    "Removal",
    "add_indicator",
    "amend",
    "assume_again",
    "assumed",
    "cite_clauses",
    "compare",
    "entries_of",
    "put_entries",
    "removal_of",
    "remove_indicator",
]
