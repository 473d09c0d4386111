"""The answer to "may this be done?": allowed, or every reason against it, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen

from mujun.findings import Finding, Severity
from mujun.workflow.acts import Effect


class Answer(StrEnum):
    """NOT_FOUND is what somebody hears of an object outside his scope: not even that it is there."""

    ALLOWED = "allowed"
    DENIED = "denied"
    NOT_FOUND = "not_found"


@frozen
class Decision:
    """`reasons` speak against it, all of them; `notes` are shown beside it (逾期, 有争议) and refuse nothing."""

    answer: Answer
    reasons: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    effects: tuple[Effect, ...] = ()

    @property
    def allowed(self) -> bool:
        return self.answer is Answer.ALLOWED


def judged(findings: Iterable[Finding], effects: tuple[Effect, ...] = ()) -> Decision:
    """Allowed unless one of the findings is a reason against. Effects follow only what is allowed."""
    found = list(findings)
    reasons = tuple(one for one in found if one.severity is Severity.ERROR)
    notes = tuple(one for one in found if one.severity is not Severity.ERROR)
    if reasons:
        return Decision(Answer.DENIED, reasons, notes)
    return Decision(Answer.ALLOWED, (), notes, effects)


def reason(code: str, message: str, mend: str) -> Finding:
    """Why not, and what to do."""
    return Finding(Severity.ERROR, code, message, mend)


def note(code: str, message: str, mend: str = "") -> Finding:
    """To be shown; refuses nothing."""
    return Finding(Severity.INFO, code, message, mend)


def listed(names: Iterable[str], most: int = 5) -> str:
    """“甲”“乙”等7项: the first names, and how many there are."""
    names = list(names)
    said = "".join(f"“{name}”" for name in names[:most])
    return said if len(names) <= most else f"{said}等{len(names)}项"


NOT_FOUND = Decision(Answer.NOT_FOUND, (reason("not_found", "没有找到。", "请核对网址，或从您的待办事项进入。"),))
