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
from mujun.store.origins import Origin, Origins, origins_of
from mujun.web.models import Run
from mujun.web.queries.datasets import opened
from mujun.web.queries.results import plan_of, result_of, sealed_for
from mujun.web.queries.rules import law_with

_LINES = 5
"""Of a derived value's records; all of them stand on the unit's statement."""
Place = tuple[str, str, str]
"""Where it stands; who sent it and when; under which receipt."""


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


def places_of(run: Run, name: str, key: str) -> dict[str, Place]:
    """Of each value as the dataset was sealed; nothing where the data were brought whole, or are not as they were."""
    try:
        sealed = opened(str(sealed_for(run)[name]["seal"]))
    except CannotGoOn:
        return {}
    return {} if sealed is None else told_places(origins_of(sealed, key))


def told_places(origins: Origins) -> dict[str, Place]:
    """A value that was read stands in a cell; one that was derived, in the lines of the records that gave to it."""
    found = {name: (_place(one), f"{one.by}，{one.at}", one.receipt) for name, one in origins.cells.items()}
    for name, given in origins.given.items():
        lines = list(dict.fromkeys(_place(one, whole_line=True) for part in given for one in part.cells.values()))
        if lines:
            more = "等" if len(lines) > _LINES else ""
            found[name] = (f"{len(given)}条记录：{'、'.join(lines[:_LINES])}{more}", "", "")
    return found


def _place(one: Origin, whole_line: bool = False) -> str:
    where = f"第{one.row}行" if whole_line else address(one.row, one.column)
    return "！".join(filter(None, (one.file, one.sheet, where)))


def drawing(figure: Figure) -> SafeString:
    """The figure for a page: drawn here, with presentation attributes only, so that no style of its own is needed."""
    return mark_safe(figure.inline)
