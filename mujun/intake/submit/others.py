"""What the other offices say of the units, in the store and in the files that come along: for checks across forms.

Files of one form look at the same things, so that these are put together once a form, whatever the number of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl
from attrs import define, field

from mujun.collection import CollectionPlan, Form, derive
from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.intake.submit.read_form import FormReading
from mujun.scheme.model import Scheme
from mujun.store.holding import Holding


@define(eq=False)
class Others:
    """`along` are the forms and readings of one command."""

    along: Sequence[tuple[Form, FormReading]]
    _of_form: dict[str, Dataset | None] = field(factory=dict)
    _derived: dict[tuple[str, str], pl.DataFrame | None] = field(factory=dict)

    def of(self, form: Form, plan: CollectionPlan, scheme: Scheme, holding: Holding) -> Dataset | None:
        """The scheme's variables as they hold, derived ones too; None where nobody said anything yet.

        The form's own are among them: other units' values are what a first year's are compared with.
        """
        if form.id not in self._of_form:
            self._of_form[form.id] = self._put_together(form, plan, scheme, holding)
        return self._of_form[form.id]

    def _put_together(self, form: Form, plan: CollectionPlan, scheme: Scheme, holding: Holding) -> Dataset | None:
        held = {name for table, name in holding.said if not table}
        wanted = {name: one for name, one in scheme.variables.items() if name in held}
        parts = [holding.dataset(wanted)] if wanted else []
        frames = [part.frame for part in parts if part is not None]
        frames += self._of_other_offices(form)
        derived = self._from_details(form, plan, scheme, holding)
        frames += [] if derived is None else [derived]
        if not frames:
            return None
        whole = _laid_over(frames)
        names = whole[NAME].fill_null(whole[KEY]) if NAME in whole.columns else whole[KEY].alias(NAME)
        return make_dataset(whole.with_columns(names))

    def _of_other_offices(self, form: Form) -> Iterator[pl.DataFrame]:
        """A frame per form: its files are about different units."""
        by_form: dict[str, list[pl.DataFrame]] = {}
        for other, reading in self.along:
            if other.scheme == form.scheme and other.id != form.id and not other.table:
                brought = [one.id for one in other.variables if one.id in reading.places.columns]
                by_form.setdefault(other.id, []).append(reading.dataset.frame.select(KEY, NAME, *brought))
        for frames in by_form.values():
            yield pl.concat(frames, how="diagonal").unique(KEY, keep="last", maintain_order=True)

    def _from_details(self, form: Form, plan: CollectionPlan, scheme: Scheme, holding: Holding) -> pl.DataFrame | None:
        key = form.scheme, form.table
        if key not in self._derived:
            details = dict(self._details(form, plan, holding))
            self._derived[key] = derive(plan, scheme, details).frame() if details else None
        return self._derived[key]

    def _details(self, form: Form, plan: CollectionPlan, holding: Holding) -> Iterator[tuple[str, pl.DataFrame]]:
        """Records as they hold, and over them those of the other details that come along."""
        said = {table for table, _ in holding.said}
        coming: Mapping[str, list[pl.DataFrame]] = {
            table: [
                reading.dataset.frame
                for other, reading in self.along
                if other.scheme == form.scheme and other.table == table and other.id != form.id
            ]
            for table in plan.details
        }
        for table, detail in plan.details.items():
            columns = tuple(detail.columns.values())
            names = [KEY, *(one.id for one in columns)]
            frames = [holding.records(table, columns)] if table in said else []
            frames += [frame.select(name for name in names if name in frame.columns) for frame in coming[table]]
            if frames:
                whole = pl.concat(frames, how="diagonal_relaxed")
                yield table, whole.unique(KEY, keep="last", maintain_order=True) if coming[table] else whole


def _laid_over(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Later frames over earlier ones, cell by cell; an empty cell of a later frame is empty."""
    whole = frames[0]
    for frame in frames[1:]:
        names = [name for name in frame.columns if name != KEY]
        joined = whole.join(frame, on=KEY, how="full", coalesce=True, suffix=":new", maintain_order="left_right")
        here = joined[KEY].is_in(frame[KEY].implode())
        columns = []
        for name in dict.fromkeys([*whole.columns, *names]):
            if name == KEY or name not in names or name not in whole.columns:
                columns.append(joined[name])
            else:
                columns.append(joined[f"{name}:new"].zip_with(here, joined[name]).alias(name))
        whole = pl.DataFrame(columns)
    return whole
