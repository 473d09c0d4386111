"""Two runs side by side, of one round or of two: who came in, who went out, who moved, and what was changed.

Says what differs in data and rules; that the one follows from the other is for people to judge.
"""

from __future__ import annotations

import difflib
from typing import Any

import polars as pl
from attrs import field, frozen

from mujun.engine.result import Result
from mujun.rounding import shortest
from mujun.web.models import Run, RunUnit
from mujun.web.queries.outcomes import Selected
from mujun.web.queries.results import main_scheme, result_of, run_folder

_MOST_LINES = 60
_MOST_MOVED = 50


@frozen
class Moved:
    """A unit in both runs, or in one. `changed`: its own values that differ, as `税收收入 100 → 120`."""

    key: str
    name: str
    group: str
    before: RunUnit | None
    after: RunUnit | None
    changed: tuple[str, ...] = ()

    @property
    def places(self) -> int:
        """Up is positive."""
        if self.before is None or self.after is None or self.before.rank is None or self.after.rank is None:
            return 0
        return self.before.rank - self.after.rank

    @property
    def up(self) -> bool:
        return self.places > 0

    @property
    def steps(self) -> int:
        return abs(self.places)


@frozen
class Comparison:
    """`moved` are those in both whose rank changed, the furthest first, at most fifty; `moves` how many in all."""

    before: Run
    after: Run
    came_in: tuple[Moved, ...]
    went_out: tuple[Moved, ...]
    moved: tuple[Moved, ...]
    moves: int
    joined: int
    left: int
    same_data: bool
    same_rules: bool
    values_changed: int
    rules: tuple[str, ...] = field(factory=tuple)


def compare_runs(before: Run, after: Run) -> Comparison:
    """Of one domain. Columns that only one of them has count as changed rules, not as changed data."""
    name = main_scheme(after)
    old, new = _units(before, main_scheme(before)), _units(after, name)
    old_result, new_result = result_of(before, main_scheme(before)), result_of(after, name)
    changed = _changed_values(old_result, new_result)
    every = [_moved(key, old.get(key), new.get(key), changed.get(key, ())) for key in sorted({*old, *new})]
    both = [one for one in every if one.places]
    return Comparison(
        before=before,
        after=after,
        came_in=tuple(one for one in every if _on(one.after) and not _on(one.before)),
        went_out=tuple(one for one in every if _on(one.before) and not _on(one.after)),
        moved=tuple(sorted(both, key=lambda one: (-one.steps, one.group, one.key))[:_MOST_MOVED]),
        moves=len(both),
        joined=len(new.keys() - old.keys()),
        left=len(old.keys() - new.keys()),
        same_data=before.data_hash == after.data_hash,
        same_rules=before.scheme_hash == after.scheme_hash,
        values_changed=sum(len(some) for some in changed.values()),
        rules=_changed_rules(before, after),
    )


def _moved(key: str, before: RunUnit | None, after: RunUnit | None, changed: tuple[str, ...]) -> Moved:
    named = after or before
    assert named is not None, "it is in one of them"
    return Moved(key, named.name, named.group, before, after, changed)


def _units(run: Run, scheme: str) -> dict[str, RunUnit]:
    return {unit.key: unit for unit in RunUnit.objects.filter(run=run, scheme=scheme)}


def _on(unit: RunUnit | None) -> bool:
    return unit is not None and unit.selected == Selected.SELECTED


def _changed_values(before: Result, after: Result) -> dict[str, tuple[str, ...]]:
    """By unit: the data that differ, in the order of the scheme."""
    variables = [one for one in after.scheme.variables.values() if one.id in before.scheme.variables]
    columns = [
        f"column:{one.id}"
        for one in variables
        if f"column:{one.id}" in before.details.columns and f"column:{one.id}" in after.details.columns
    ]
    labels = {f"column:{one.id}": one.label for one in variables}
    joined = after.details.select("key", *columns).join(
        before.details.select("key", *columns), on="key", how="inner", suffix=":before"
    )
    differ = [pl.col(name).cast(pl.String).ne_missing(pl.col(f"{name}:before").cast(pl.String)) for name in columns]
    if not differ:
        return {}
    found = {}
    for row in joined.filter(pl.any_horizontal(differ)).iter_rows(named=True):
        found[row["key"]] = tuple(
            f"{labels[name]} {_said(row[f'{name}:before'])} → {_said(row[name])}"
            for name in columns
            if row[name] != row[f"{name}:before"]
        )
    return found


def _said(value: Any) -> str:
    return "（缺）" if value is None else shortest(value) if isinstance(value, float) else str(value)


def _changed_rules(before: Run, after: Run) -> tuple[str, ...]:
    """The lines of the rule files that differ: `-` as it was, `+` as it is."""
    if before.scheme_hash == after.scheme_hash:
        return ()
    old, new = (
        (run_folder(run) / main_scheme(run) / "scheme.yaml").read_text(encoding="utf-8").splitlines()
        for run in (before, after)
    )
    lines = [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if line[:3] not in ("---", "+++", "@@ ")]
    shown = [line for line in lines if not line.startswith("@@")]
    more = len(shown) - _MOST_LINES
    return (*shown[:_MOST_LINES], *([f"……还有{more}行"] if more > 0 else []))
