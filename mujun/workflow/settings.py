"""The few numbers that guards go by. They stand in workflow.yaml, each with its basis; none stands in Python."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

from attrs import frozen

from mujun.workflow.calendar import Workdays


@frozen(kw_only=True)
class Settings:
    """`quorum_share`: more than this share of the members not recused has to be there."""

    first_domain: str
    workdays: Workdays
    notice_workdays: int
    notice_closes_at: time
    quorum_share: Fraction
    weights_total: Fraction
    unlock_hours: int
    answer_workdays: int
    reauthentication_minutes: int
    document_number: str
