"""A new indicator as an official describes it, and what he may choose from. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from mujun.scheme.amend.places import nodes_of
from mujun.scheme.amend.splice import Path

RATIO, GOALPOSTS, BANDS, RATIO_BANDS = "ratio", "goalposts", "bands", "ratio_bands"


@frozen(kw_only=True)
class NewVariable:
    """A number that no unit has been asked for so far."""

    label: str = ""
    unit: str = ""
    source: str = ""


@frozen(kw_only=True)
class NewIndicator:
    """What was typed. `above` and `below` name variables, or `NEW`; `formula` takes their place. `under`: a node's id.

    `weights` are by class, "" for the rest. `scoring` says which of the numbers after it are meant.
    """

    label: str = ""
    under: str = ""
    above: str = ""
    below: str = ""
    formula: str = ""
    unit: str = ""
    direction: str = "higher"
    weights: Mapping[str, str] = field(factory=dict)
    scoring: str = RATIO
    benchmark: str = ""
    floor: str = ""
    cap: str = ""
    low: str = ""
    high: str = ""
    steps: str = ""
    missing: str = ""
    why: str = ""
    why_weight: str = ""
    why_scoring: str = ""
    why_missing: str = ""
    variable: NewVariable = NewVariable()


def variables_of(data: Any) -> dict[str, tuple[str, str]]:
    """What a formula can count with: label and unit by name."""
    return {
        str(key): (str(one.get("label") or key), str(one.get("unit") or ""))
        for key, one in (data.get("variables") or {}).items()
        if isinstance(one, dict) and one.get("type", "number") in ("number", "integer")
    }


def dimensions_of(data: Any) -> dict[str, tuple[str, Path]]:
    """What indicators may be put under: label and place by id, the root first."""
    return {
        str(node.get("id")): (str(node.get("label") or node.get("id")), path)
        for path, node in nodes_of(data)
        if node.get("children")
    }
