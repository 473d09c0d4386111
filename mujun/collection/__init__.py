"""Who brings which data of a round: forms, details, the rules that derive a variable from details, declared checks."""

from mujun.collection.derive import derive
from mujun.collection.derived import Contribution, Derived
from mujun.collection.form import Form, forms_of
from mujun.collection.load import CollectionReading, load_collection, read_collection
from mujun.collection.merge import merge_units
from mujun.collection.model import Check, Derivation, Detail
from mujun.collection.plan import CollectionPlan

__all__ = [
    "Check",
    "CollectionPlan",
    "CollectionReading",
    "Contribution",
    "Derivation",
    "Derived",
    "Detail",
    "Form",
    "derive",
    "forms_of",
    "load_collection",
    "merge_units",
    "read_collection",
]
