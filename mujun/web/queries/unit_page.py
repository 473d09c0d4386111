"""One unit's walk through a run, with its figures and the cells it came from. Changes nothing."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from django.utils.safestring import SafeString, mark_safe

from mujun.charts import Figure
from mujun.documents.report import explained
from mujun.engine.explain import explain
from mujun.findings import CannotGoOn
from mujun.intake.cells import address
from mujun.rounding import shortest
from mujun.scheme import Scheme
from mujun.store.trace import Sighting, trace_all
from mujun.web.evidence import the_store
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
    """Every value of the unit; traced to its cell where the dataset was sealed from the store."""
    result = result_of(run, scheme)
    detail = result.details.filter(result.details["key"] == key).row(0, named=True)
    holds = _holding(run, scheme, key, result.scheme)
    cells = []
    for variable in result.scheme.variables.values():
        value = detail.get(f"column:{variable.id}")
        said = "（缺）" if value is None else shortest(value) if isinstance(value, float) else str(value)
        place, sent, receipt = "", "", ""
        if (sighting := holds.get(variable.id)) is not None:
            place = f"{sighting.file}！{sighting.sheet}！{address(sighting.row, sighting.column)}"
            sent, receipt = f"{sighting.by}，{sighting.at}", sighting.receipt
        cells.append(Cell(variable.label, said, variable.unit_text, variable.source, place, sent, receipt))
    return cells


def _holding(run: Run, name: str, key: str, scheme: Scheme) -> dict[str, Sighting]:
    """Where each value that stands was read, by variable; the store is gone through once for all of them."""
    try:
        sealed = opened(str(sealed_for(run)[name]["seal"]))
        walks = trace_all(the_store(), sealed, scheme, key, list(scheme.variables)) if sealed is not None else []
    except CannotGoOn:
        return {}
    seen = {walk.variable: [one for one in walk.sightings if one.standing == "holds"] for walk in walks}
    return {variable: some[0] for variable, some in seen.items() if some}


def drawing(figure: Figure) -> SafeString:
    """The figure for a page: drawn here, with presentation attributes only, so that no style of its own is needed."""
    return mark_safe(figure.inline)
