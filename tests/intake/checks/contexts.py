"""What an office brought, in memory: a context for checks of the small plan."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from mujun.collection import CollectionPlan, Form
from mujun.dataset import KEY, NAME, Dataset, make_dataset
from mujun.findings import Finding
from mujun.intake.checks import Context
from mujun.intake.places import Places
from mujun.register import Register


def table(columns: str, *rows: Sequence[object]) -> pl.DataFrame:
    """`table("tax", ["A", "甲", 1.0])`: units, the first two cells of each their code and name."""
    return pl.DataFrame([list(row) for row in rows], schema=[KEY, NAME, *columns.split()], orient="row")


def brought(
    plan: CollectionPlan,
    frame: pl.DataFrame,
    *,
    scheme: str = "small",
    form: Form | None = None,
    others: pl.DataFrame | None = None,
    previous: pl.DataFrame | None = None,
    controls: pl.DataFrame | None = None,
    register: Register | None = None,
    held: pl.DataFrame | None = None,
) -> Context:
    """The sheet has its header in row 1, the code in column A, the name in B, the frame's other columns from C on."""
    names = [name for name in frame.columns if name not in (KEY, NAME)]
    if form is None:
        variables = tuple(plan.schemes[scheme].variables[name] for name in names)
        form = Form(plan.round, scheme, "测试", "测试", "代码", "名称", variables)
    if NAME not in frame.columns:
        frame = frame.with_columns(pl.col(KEY).alias(NAME))
    rows = pl.Series(range(2, frame.height + 2), dtype=pl.Int64)
    places = Places("税务.xlsx", "填报", frame[KEY], rows, {name: 2 + n for n, name in enumerate(names)})
    incoming = make_dataset(frame, "税务.xlsx")
    return Context(
        plan.schemes[scheme],
        plan,
        form,
        incoming,
        places,
        _dataset(others),
        _dataset(previous),
        register,
        _dataset(controls),
        held,
    )


def _dataset(frame: pl.DataFrame | None) -> Dataset | None:
    return None if frame is None else make_dataset(frame)


def said(findings: Sequence[Finding]) -> list[tuple[str, str, str, str]]:
    """Cell, severity, code and message of each."""
    return [(one.cell, one.severity.label, one.code, one.message) for one in findings]
