"""Which tests go to one worker together, so that what is dear to make is made once. Knows no test."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/documents/report/", "tests/documents/workbook/")
"""Rooms whose tests share a whole province: evaluated and written, or recalculated by LibreOffice. They come first."""


class ByRoom(LoadScopeScheduling):
    """One of these rooms at a time; elsewhere a function with all its parameters."""

    def _split_scope(self, nodeid: str) -> str:
        return next((room for room in TOGETHER if nodeid.startswith(room)), nodeid.partition("[")[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByRoom:
    return ByRoom(config, log)
