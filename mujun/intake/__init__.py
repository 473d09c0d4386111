"""Intake: data files in, the shared table and its findings out. Computes nothing.

Names are looked up when first asked for: the process that opens files (`worker`) needs none of them, and starts sooner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mujun.intake.adopted import AdoptedReading, read_adopted
    from mujun.intake.header import Names
    from mujun.intake.open import open_cells, prepare_to_open
    from mujun.intake.places import Places
    from mujun.intake.read import Reading, read_dataset, read_table

__all__ = [
    "AdoptedReading",
    "Names",
    "Places",
    "Reading",
    "open_cells",
    "prepare_to_open",
    "read_adopted",
    "read_dataset",
    "read_table",
]

_WHERE = {
    "AdoptedReading": "adopted",
    "Names": "header",
    "Places": "places",
    "Reading": "read",
    "open_cells": "open",
    "prepare_to_open": "open",
    "read_adopted": "adopted",
    "read_dataset": "read",
    "read_table": "read",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
