"""What the other offices say of the units, in the store and in the files that come along: for checks across forms."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from mujun.collection import CollectionPlan, Form, derive
from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.intake.submit.read_form import FormReading
from mujun.scheme.model import Scheme
from mujun.store.holding import Holding


def others_of(
    form: Form, plan: CollectionPlan, scheme: Scheme, holding: Holding, along: Sequence[tuple[Form, FormReading]]
) -> Dataset | None:
    """The scheme's variables as they hold, derived ones too; None where nobody said anything yet.

    The form's own are among them: other units' values are what a first year's are compared with.
    """
    held = {name for table, name in holding.said if not table}
    wanted = {name: one for name, one in scheme.variables.items() if name in held}
    parts = [holding.dataset(wanted)] if wanted else []
    frames = [part.frame for part in parts if part is not None]
    for other, reading in along:
        if other.scheme == form.scheme and other.id != form.id and not other.table:
            brought = [one.id for one in other.variables if one.id in reading.places.columns]
            frames.append(reading.dataset.frame.select(KEY, NAME, *brought))
    details = {
        table: holding.records(table, tuple(detail.columns.values()))
        for table, detail in plan.details.items()
        if any(table == said for said, _ in holding.said)
    }
    if details:
        frames.append(derive(plan, scheme, details).frame())
    if not frames:
        return None
    whole = _laid_over(frames)
    names = whole[NAME].fill_null(whole[KEY]) if NAME in whole.columns else whole[KEY].alias(NAME)
    return make_dataset(whole.with_columns(names))


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
                columns.append(joined[f"{name}:new"].zip_with(here, joined[name]))
        whole = pl.DataFrame(columns)
    return whole
