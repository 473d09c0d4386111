"""The background job of a large upload. The database's queue takes it in the transaction that asks for it."""

from __future__ import annotations

from django_tasks import task

from mujun.web.actions.values.uploads import carry_on
from mujun.web.clock import read_clock


@task()
def carry_upload_on(upload: int, attempt: int) -> None:
    """A worker (`manage.py db_worker`) calls it; the clock is the site's."""
    carry_on(upload, attempt, read_clock)
