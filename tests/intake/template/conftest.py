"""Forms of the round 2019, and one small one with a variable of every kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mujun.collection import Form, forms_of
from mujun.law import load_law
from mujun.scheme import Scheme, find_scheme, load_scheme

FormOf = Callable[[str, str], tuple[Form, Scheme]]


@pytest.fixture(scope="session")
def form_of() -> FormOf:
    """`form_of("manufacturing", "统计")` is that office's form, and its scheme."""
    law = load_law()

    def find(scheme_id: str, source: str) -> tuple[Form, Scheme]:
        scheme = load_scheme(find_scheme(f"2019/{scheme_id}"), law)
        return next(form for form in forms_of("2019", scheme) if form.source == source), scheme

    return find


@pytest.fixture
def every_kind(scheme: Scheme) -> Form:
    """The whole small scheme of tests/intake/conftest.py as one office's form."""
    return Form("2019", scheme.id, "示例", "企业·示例", "企业代码", "企业名称", tuple(scheme.variables.values()))
