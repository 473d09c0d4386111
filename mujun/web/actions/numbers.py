"""A document number is taken once. The database says so too."""

from __future__ import annotations

from datetime import datetime

from mujun.web.doer import Doer
from mujun.web.models import DocumentNumber


def take_number(number: str, *, for_: str, by: Doer, now: datetime) -> None:
    DocumentNumber.objects.create(number=number, taken_for=for_, taken_by=by.somebody, taken_at=now)
