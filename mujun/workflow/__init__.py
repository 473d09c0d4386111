"""The workflow of a round: who may do what, when, and what follows. Touches no database, no clock, no page."""

from mujun.workflow.actor import Actor, Grant, Role, Target
from mujun.workflow.acts import Act, Effect
from mujun.workflow.calendar import Workdays, load_workdays
from mujun.workflow.decide import decide, propose
from mujun.workflow.decision import Answer, Decision
from mujun.workflow.line import Line, Stage, Standing, draw_line
from mujun.workflow.load import load_workflow, read_workflow
from mujun.workflow.matrix import Access, Action, Permissions
from mujun.workflow.model import Edge, Machine, Workflow
from mujun.workflow.permissions import may
from mujun.workflow.read_permissions import load_permissions, read_permissions
from mujun.workflow.remember import remember

__all__ = [
    "Access",
    "Act",
    "Action",
    "Actor",
    "Answer",
    "Decision",
    "Edge",
    "Effect",
    "Grant",
    "Line",
    "Machine",
    "Permissions",
    "Role",
    "Stage",
    "Standing",
    "Target",
    "Workdays",
    "Workflow",
    "decide",
    "draw_line",
    "load_permissions",
    "load_workdays",
    "load_workflow",
    "may",
    "propose",
    "read_permissions",
    "read_workflow",
    "remember",
]
