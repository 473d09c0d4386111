"""Every module whose functions carry out edges, so that none is forgotten when the site starts. Does nothing itself."""

from mujun.web.actions import (
    adoption,
    decision,
    issue,
    lists,
    notice,
    objections,
    plans,
    publication,
    rounds,
    runs,
    values,
)

__all__ = [
    "adoption",
    "decision",
    "issue",
    "lists",
    "notice",
    "objections",
    "plans",
    "publication",
    "rounds",
    "runs",
    "values",
]
