"""A refusal: every reason against an act, to be shown and recorded. Raised inside the act's transaction."""

from __future__ import annotations

from mujun.findings import Finding
from mujun.workflow import Answer, Decision


class Refused(Exception):
    """`hidden`: the object is outside his scope; he is told no more than that it was not found."""

    def __init__(self, act: str, label: str, decision: Decision, subject: str = "", about: str = "") -> None:
        self.act, self.label, self.decision, self.subject, self.about = act, label, decision, subject, about
        super().__init__("；".join(str(one) for one in decision.reasons))

    @property
    def hidden(self) -> bool:
        return self.decision.answer is Answer.NOT_FOUND

    @property
    def reasons(self) -> tuple[Finding, ...]:
        return self.decision.reasons


class Stale(Exception):
    """Somebody else moved the thing in the meantime."""
