"""From a dataset and a scheme to ranked, tiered, selected units: the order of the steps and nothing else."""

from __future__ import annotations

import narwhals as nw

from mujun.dataset import AdoptedList, Dataset
from mujun.engine.adjust import adjust_totals
from mujun.engine.backend import Backend, PolarsBackend
from mujun.engine.decided import Decided
from mujun.engine.evaluation import Evaluation
from mujun.engine.gather import gather
from mujun.engine.prepare import Prepared, prepare, wanted_scopes
from mujun.engine.previous import Found, previous_statistics
from mujun.engine.rank import rank_units
from mujun.engine.scopes import index_scopes
from mujun.engine.score import scoring_tasks
from mujun.engine.select import select_units
from mujun.engine.sheet import Context, Record
from mujun.engine.tiers import assign_tiers
from mujun.engine.waves import Progress, Table, run
from mujun.scheme.model import Scheme


def evaluate(
    scheme: Scheme,
    dataset: Dataset,
    *,
    previous: Dataset | None = None,
    adopted: AdoptedList | None = None,
    backend: Backend | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Evaluate every unit of the dataset by the scheme.

    Same input, same result, whatever the engine and the row order.
    """
    backend = backend or PolarsBackend()
    prepared = prepare(scheme, dataset, backend)
    last_round = previous_statistics(scheme, previous, backend)
    table, decided = score_and_decide(scheme, prepared, last_round, backend, progress)
    return gather(table, prepared, decided, adopted.keys if adopted else None)


def score_and_decide(
    scheme: Scheme, prepared: Prepared, last_round: Found, backend: Backend, progress: Progress | None
) -> tuple[Table, Decided]:
    """The scored table of the eligible units, and the rank, tier and selection of those that have a total."""
    eligible = prepared.frame.filter(nw.col("eligible")) if scheme.eligibility else prepared.frame
    eligible, scopes = index_scopes(eligible, wanted_scopes(scheme), backend)
    table = Table(backend.settle(eligible), scopes, prepared.columns.decimals, backend)
    context = Context(scheme, scopes, prepared.columns, Record(), prepared.applies, {}, last_round)
    run(table, scoring_tasks(context), progress)
    adjust_totals(table, context)
    standing = rank_units(table, context, prepared.keys)
    division = assign_tiers(standing)
    return table, Decided(standing, division, select_units(standing, division))
