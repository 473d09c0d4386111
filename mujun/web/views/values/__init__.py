"""Pages of collection: forms of offices, units' statements, counties and cities, disputes, activation.

Importing them registers what the edges carry out, the forms of acts, and what comes onto people's desks.
"""

from mujun.web.actions import values as registered_actions
from mujun.web.forms import values as registered_forms
from mujun.web.queries.values import tasks as registered_tasks

__all__ = ["registered_actions", "registered_forms", "registered_tasks"]
