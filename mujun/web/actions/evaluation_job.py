"""The background job of an evaluation. With the database's queue it is enqueued in the transaction that asks for it."""

from __future__ import annotations

from django_tasks import task

from mujun.web.actions.evaluate import carry_out_run
from mujun.web.clock import read_clock
from mujun.web.models import Run


@task()
def evaluate_run(run: int) -> None:
    """A worker (`manage.py db_worker`) calls it; the clock is the site's."""
    carry_out_run(Run.objects.select_related("track__round", "run_by").get(pk=run), read_clock)
