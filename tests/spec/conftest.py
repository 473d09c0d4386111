"""The executable specification: each test is a rule of docs/scheme-language.md beside a table of what it does."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.spec.tables")

from tests.spec.tables import Spec, check  # noqa: E402 (only now do its assertions show both sides)


@pytest.fixture
def spec() -> Spec:
    """`spec(scheme, table)` evaluates the table's left half by the scheme and compares with its right half.

    The scheme is YAML, and only what the rule is about: `item:` holds the keys of a single indicator whose formula is
    `x`, `children:` those of the total. The table is `unit | tax 万元 | land 亩 || value:item | score`: before `||`
    what comes in (a name and perhaps a unit), after it what units.csv must print. An empty cell is missing.

    `benchmarks=`, `findings=` are tables of the rows that benchmarks.csv and findings.csv must hold, no more and no
    fewer; without `findings=` there must be none. `previous=` is last round's table, `adopted=` names a list's units.
    """
    return check
