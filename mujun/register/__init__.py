"""Who the units of a round are: registers with effective dates, credit codes, divisions, industries."""

from mujun.register.columns import COLUMNS, RegisterColumn
from mujun.register.credit_code import CreditCode, Override, check_credit_code
from mujun.register.division_register import register_of
from mujun.register.divisions import (
    Division,
    DivisionKind,
    DivisionMatch,
    Divisions,
    divisions_at,
    divisions_day,
    load_divisions,
)
from mujun.register.industries import Industries, load_industries
from mujun.register.make import RegisterReading, make_register
from mujun.register.match import Match, MatchKind
from mujun.register.register import Register
from mujun.register.resolve import Resolved, resolve_units

__all__ = [
    "COLUMNS",
    "CreditCode",
    "Division",
    "DivisionKind",
    "DivisionMatch",
    "Divisions",
    "Industries",
    "Match",
    "MatchKind",
    "Override",
    "Register",
    "RegisterColumn",
    "RegisterReading",
    "Resolved",
    "check_credit_code",
    "divisions_at",
    "divisions_day",
    "load_divisions",
    "load_industries",
    "make_register",
    "register_of",
    "resolve_units",
]
