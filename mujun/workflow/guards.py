"""All guards, registered. Whoever looks one up imports the table from here."""

from __future__ import annotations

from mujun.workflow import (  # noqa: F401 - importing registers
    incentive_guards,
    list_guards,
    notice_guards,
    objection_guards,
    round_guards,
    shared_guards,
    track_guards,
    values_guards,
)
from mujun.workflow.guard import GUARDS

__all__ = ["GUARDS"]
