"""The workflow that comes with the package, read once."""

from __future__ import annotations

import pytest

from mujun.law import Law, load_law
from mujun.workflow import Permissions, Workflow, load_workflow


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def workflow(law: Law) -> Workflow:
    return load_workflow("2019", law)


@pytest.fixture(scope="session")
def permissions(workflow: Workflow) -> Permissions:
    return workflow.permissions
