"""Hold files against the store, against each other and against the plan's checks; weigh the reasons given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import polars as pl
from attrs import evolve

from mujun.collection import Form
from mujun.dataset import Dataset
from mujun.findings import Finding
from mujun.intake.checks import Context, check_values
from mujun.intake.submit import compare, units
from mujun.intake.submit.book import Due
from mujun.intake.submit.others import Others
from mujun.intake.submit.read_form import FormReading
from mujun.intake.submit.said import OnItsWay, Submission, Submitted, Wanted
from mujun.intake.submit.waive import needless, weigh
from mujun.store import Batch, Receipt, Store, Waiver
from mujun.store.holding import UNIT, Holding
from mujun.store.observations import count_cells
from mujun.store.store import moment

Tell = Callable[[str, int, int | None], None]
_CELL = ("table", "unit", "record", "variable")


def look(files: Sequence[OnItsWay], store: Store, wanted: Wanted, by: str, now: datetime, tell: Tell) -> Submission:
    """Nothing is written."""
    batches = {number: batch_of(file) for number, file in enumerate(files) if file.reading is not None}
    receipts = {number: store.receipt(batch.key) for number, batch in batches.items()}
    fresh = [
        (file.form, file.reading)
        for number, file in enumerate(files)
        if file.form is not None and file.reading is not None and receipts[number] is None
    ]
    contradicted, others = compare.contradictions(fresh), Others(fresh)
    holdings: dict[str, Holding] = {}
    done: list[Submitted] = []
    told: list[Finding] = []
    every_asked: set[str] = set()
    for number, file in enumerate(files):
        receipt = receipts.get(number)
        if receipt is not None and file.due is not None:
            done.append(_already(file, receipt, store.look(file.due.name)))
            continue
        findings, asked = list(file.findings), compare.ASKED | units.ASKED
        if file.form is not None and file.reading is not None and file.due is not None:
            tell(f"核对 {file.staged.name}", 0, None)
            if wanted.ask is not None:
                findings += wanted.ask(file.form, file.reading)
            findings += [one for one in contradicted if one.file == file.reading.places.file]
            if file.due.name not in holdings:
                holdings[file.due.name] = store.look(file.due.name)
            holding = holdings[file.due.name]
            findings += compare.compare(file.reading, file.form, holding)
            if file.due.plan is not None:
                asked |= file.due.plan.needs_reason
                findings += _check(file, file.form, file.reading, file.due, holding, others)
        told += findings
        every_asked |= asked
        done.append(_weighed(file, findings, asked, wanted, by, now))
    return Submission(tuple(done), tuple(needless(told, wanted.wishes, every_asked)))


def batch_of(
    file: OnItsWay,
    waivers: tuple[Waiver, ...] = (),
    beside: dict[str, str] | None = None,
    holding: Holding | None = None,
) -> Batch:
    """A file that was read, as the store takes it. With `holding`, records that changed their unit leave the old."""
    assert file.reading is not None
    assert file.form is not None
    assert file.due is not None
    observations = file.reading.observations
    if holding is not None:
        observations = compare.withdrawn_records(file.reading, file.form, holding)
    return Batch(
        form=file.form.id,
        form_version=file.form.version,
        form_label=file.form.label,
        scheme=file.due.name,
        source=file.form.source,
        file=file.staged.name,
        sheet=file.reading.places.sheet,
        digest=file.staged.digest,
        observations=observations,
        waivers=waivers,
        details=beside or {},
    )


def _check(
    file: OnItsWay,
    form: Form,
    reading: FormReading,
    due: Due,
    holding: Holding,
    others: Others,
) -> list[Finding]:
    assert due.plan is not None
    context = Context(
        scheme=due.scheme,
        plan=due.plan,
        form=form,
        incoming=_without_withdrawn(reading, form),
        places=reading.places,
        others=others.of(form, due.plan, due.scheme, holding),
        previous=file.previous,
        register=file.register,
        controls=file.controls,
        held=holding.records(form.table, form.variables) if form.table else None,
    )
    return list(check_values(context))


def _without_withdrawn(reading: FormReading, form: Form) -> Dataset:
    """A record emptied of all but its unit takes itself back: there is nothing in it to check."""
    values = [one.id for one in form.variables if one.id != UNIT]
    if not form.table or not values:
        return reading.dataset
    kept = reading.dataset.frame.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in values))
    return evolve(reading.dataset, frame=kept)


def _weighed(
    file: OnItsWay, findings: list[Finding], asked: frozenset[str], wanted: Wanted, by: str, now: datetime
) -> Submitted:
    form = "" if file.form is None else file.form.id
    weighed = weigh(findings, wanted.wishes, asked, form, by, moment(now))
    observations = None if file.reading is None else file.reading.observations
    return Submitted(
        file.staged.original,
        file.form,
        weighed.findings,
        weighed.open,
        weighed.waivers,
        0 if observations is None else observations["unit"].n_unique(),
        0 if observations is None else count_cells(observations),
        file.unreadable,
    )


def _already(file: OnItsWay, receipt: Receipt, holding: Holding) -> Submitted:
    """A file that is in the store: its receipt, and how much of it was said again since."""
    mine = holding.every.filter(pl.col("batch") == receipt.seq).select(_CELL)
    newer = holding.every.filter(pl.col("batch") > receipt.seq).select(_CELL).unique()
    since = mine.join(newer, on=_CELL, how="semi").select(pl.len()).collect().item()
    counts = {"units": receipt.units, "cells": receipt.cells, "corrected_since": since}
    return Submitted(file.staged.original, file.form, (), receipt=receipt, **counts)
