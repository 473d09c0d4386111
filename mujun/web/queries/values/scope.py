"""What the site has against the cells of a file, beside the checks of the plan: units that are not the sender's, units
that nobody has placed, values that are confirmed or approved and may not be changed. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl
from attrs import define, field
from django.db.models import Count, QuerySet, Sum

from mujun.collection import Form
from mujun.dataset import KEY, NAME
from mujun.findings import Finding, Severity
from mujun.intake.cells import address
from mujun.intake.submit.read_form import FormReading
from mujun.store.holding import UNIT
from mujun.web.evidence import the_store
from mujun.web.models import ValueSet
from mujun.web.programme import workflow
from mujun.web.queries.regions import city_of_county, county_of_code
from mujun.web.queries.values.book import PROVINCIAL, name_in_store, path_of, places_units
from mujun.web.queries.values.offices import Desk
from mujun.workflow.states import ValuesState

OPEN = frozenset({ValuesState.ENTERED.value, ValuesState.RETURNED.value, ValuesState.DISPUTED.value})
"""States in which an office may bring another value: the last for what it answers to a dispute."""
_MOST = 50
_AT_ONCE, _ALL = 900, 9_000
"""Units in one question to the database; from how many on all of the scheme are asked for at once."""


@define(eq=False)
class Scope:
    """Asked once a look, with what was read of a file. `sets` are those of the units it was `told` of last."""

    desk: Desk
    told: frozenset[str] = frozenset()
    sets: dict[str, ValueSet] = field(factory=dict)
    _stood: tuple[int, int] = (0, 0)

    def __call__(self, form: Form, reading: FormReading) -> Iterator[Finding]:
        self.learn(reading.observations[UNIT].drop_nulls().unique(maintain_order=True).to_list())
        yield from self._placed(form, reading)
        yield from self._unchanged(form, reading)

    def learn(self, units: Sequence[str]) -> None:
        """What is known of these units now."""
        self._stood, self.told = self._standing(), frozenset(units)
        sets = self._sets()
        found = (sets.filter(unit__in=some) for some in _portions(units)) if len(units) < _ALL else (sets,)
        self.sets = {one.unit: one for some in found for one in some}

    @property
    def moved(self) -> bool:
        """Whether any set of the scheme came into being or took a step since."""
        return self._stood != self._standing()

    def _standing(self) -> tuple[int, int]:
        """No set is ever deleted and every step adds one to a version, so that these two tell of any change."""
        told = self._sets().aggregate(sets=Count("pk"), steps=Sum("version", default=0))
        return told["sets"], told["steps"]

    def _sets(self) -> QuerySet[ValueSet]:
        return ValueSet.objects.filter(track=self.desk.track, scheme=self.desk.form.scheme)

    def county_of(self, unit: str, said: str) -> str:
        """As the form says it, else as it is known, else the only county the office has."""
        known = self.sets.get(unit)
        if said or (known is not None and known.county):
            return said or (known.county if known is not None else "")
        if path_of(self.desk.track) == PROVINCIAL:
            return county_of_code(self.desk.track.round.programme).get(unit, "")
        return next(iter(self.desk.regions)) if len(self.desk.regions) == 1 else ""

    def _placed(self, form: Form, reading: FormReading) -> Iterator[Finding]:
        counties = city_of_county(self.desk.track.round.programme)
        told = 0
        for unit, said, cell in _units(form, reading):
            county = self.county_of(unit, said)
            place: dict[str, Any] = {
                "file": reading.places.file,
                "sheet": reading.places.sheet,
                "cell": cell,
                "unit": unit,
            }
            finding = None
            if form.table and unit not in self.sets:
                continue  # another scheme's records may come along
            if not county:
                message = f"单位{unit}还不知道在哪个县（市、区），没有地方可归。"
                mend = "请先由牵头部门导入名录，或由报“所在县”的部门先报；也请核对代码。"
                finding = Finding(Severity.ERROR, "unit_unplaced", message, mend, **place)
            elif county not in counties:
                message = f"“{county}”不在本年度的89个县（市、区）里。" if len(counties) == 89 else f"没有“{county}”。"
                finding = Finding(Severity.ERROR, "unknown_county", message, "请写全称，如“上城区”。", **place)
            elif self.desk.regions and county not in self.desk.regions:
                message = f"单位{unit}在{county}，不在您报送的范围以内。"
                finding = Finding(
                    Severity.ERROR, "unit_of_another_region", message, "请删去这一行，由那里的部门报。", **place
                )
            if finding is not None and told < _MOST:
                told += 1
                yield finding

    def _unchanged(self, form: Form, reading: FormReading) -> Iterator[Finding]:
        """A closed set's values may come again in a file of the whole county; another value may not."""
        closed = [one.unit for one in self.sets.values() if one.state not in OPEN]
        said = reading.observations.filter(pl.col(UNIT).is_in(closed), pl.col("variable") != NAME)
        if said.is_empty():
            return
        holding = the_store().look(name_in_store(self.desk.track, form.scheme))
        labels = {one.id: one.label for one in form.variables}
        states = {state.value: told for state, told in workflow().machines["values"].states.items()}
        told = 0
        for name in said["variable"].unique(maintain_order=True):
            cells = said.filter(pl.col("variable") == name)
            held = holding.of(form.table, name).select(UNIT, "record", pl.col("value").alias("old"))
            differ = cells.join(held, on=[UNIT, "record"], how="left", maintain_order="left")
            for row in differ.filter(pl.col("value").ne_missing(pl.col("old"))).iter_rows(named=True):
                state = states[self.sets[row[UNIT]].state]
                if told < _MOST:
                    told += 1
                    yield _closed(row, labels[name], state, reading)


def _closed(row: dict[str, Any], label: str, state: Any, reading: FormReading) -> Finding:
    old, new = ("空" if one is None else one for one in (row["old"], row["value"]))
    return Finding(
        Severity.ERROR,
        "unit_not_open",
        f"单位{row[UNIT]}“{state.label}”，“{label}”不能由{old}改成{new}。",
        state.mend,
        file=reading.places.file,
        sheet=reading.places.sheet,
        cell=address(row["row"], row["column"]),
        unit=row[UNIT],
    )


def _portions(units: Sequence[str]) -> Iterator[Sequence[str]]:
    return (units[start : start + _AT_ONCE] for start in range(0, len(units), _AT_ONCE))


def _units(form: Form, reading: FormReading) -> Iterator[tuple[str, str, str]]:
    """Each unit once: its key, the county the form gives, and the cell that names it."""
    frame, rows = reading.dataset.frame, reading.places.rows
    column = UNIT if form.table else KEY
    said = frame["county"] if places_units(form) and "county" in frame.columns else None
    place = reading.places.columns.get(UNIT, 0) if form.table else 0
    seen: set[str] = set()
    for number, unit in enumerate(frame[column].to_list()):
        if unit is None or unit in seen:
            continue
        seen.add(unit)
        yield unit, (said[number] or "") if said is not None else "", address(rows[number], place)
