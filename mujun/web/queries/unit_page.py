"""One unit's walk through a run, with its figures and the cells it came from. Changes nothing."""

from __future__ import annotations

from typing import Any

import polars as pl
from attrs import frozen
from django.utils.safestring import SafeString, mark_safe

from mujun.charts import Figure
from mujun.documents.report import explained
from mujun.engine.explain import explain
from mujun.findings import CannotGoOn
from mujun.intake.cells import address
from mujun.rounding import shortest
from mujun.web.models import Run
from mujun.web.queries.datasets import opened
from mujun.web.queries.results import plan_of, result_of, sealed_for
from mujun.web.queries.rules import law_with


@frozen
class Cell:
    """A value of the unit and where it stands: file, sheet and cell, who sent it, under which receipt."""

    label: str
    value: str
    unit: str
    source: str
    place: str = ""
    sent: str = ""
    receipt: str = ""


def walk_of(run: Run, scheme: str, key: str) -> dict[str, Any]:
    """Raises CannotGoOn when the run has no such unit or its files are not what they were."""
    result = result_of(run, scheme)
    walk = explain(result, key, law_with(plan_of(run)))
    return {"walk": walk, "scheme": result.scheme, **explained(walk, result), "cells": cells_of(run, scheme, key)}


def cells_of(run: Run, scheme: str, key: str) -> list[Cell]:
    """Every value of the unit; with its cell where the dataset was sealed from the store."""
    result = result_of(run, scheme)
    detail = result.details.filter(result.details["key"] == key).row(0, named=True)
    places = places_of(run, scheme, key)
    cells = []
    for variable in result.scheme.variables.values():
        value = detail.get(f"column:{variable.id}")
        said = "（缺）" if value is None else shortest(value) if isinstance(value, float) else str(value)
        cells.append(
            Cell(variable.label, said, variable.unit_text, variable.source, *places.get(variable.id, ("", "", "")))
        )
    return cells


def places_of(run: Run, name: str, key: str) -> dict[str, tuple[str, str, str]]:
    """Of each value that was read and not derived, as the dataset was sealed: its cell, who sent it when, the receipt.

    Units that are taken together have theirs together; the first one's is shown.
    """
    try:
        sealed = opened(str(sealed_for(run)[name]["seal"]))
    except CannotGoOn:
        return {}
    if sealed is None:
        return {}
    groups = sealed.manifest["groups"]
    members = sorted(one for one, lead in groups.items() if lead == groups.get(key, key)) or [key]
    own = [pl.col("unit").is_in(members), pl.col("table") == "", pl.col("batch").is_not_null()]
    rows = sealed.sources().filter(*own).sort("unit", descending=True).collect()
    found = {}
    for row in rows.iter_rows(named=True):
        batch = sealed.batch(row["batch"])
        place = "！".join(filter(None, (batch["file"], batch["sheet"], address(row["row"], row["column"]))))
        found[row["variable"]] = (place, f"{batch['by']}，{batch['at']}", batch["receipt"])
    return found


def drawing(figure: Figure) -> SafeString:
    """The figure for a page: drawn here, with presentation attributes only, so that no style of its own is needed."""
    return mark_safe(figure.inline)
