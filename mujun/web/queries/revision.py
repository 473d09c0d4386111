"""A revision beside the plan in force: what it starts from, and whether it changes anything. Stores nothing new."""

from __future__ import annotations

from mujun.digest import digest_bytes
from mujun.scheme.amend import assume_again
from mujun.web.evidence import kept
from mujun.web.models import Plan
from mujun.web.queries.clauses import reasons_by_citation

_SETTINGS = ("silence_confirms", "confirm_workdays", "note")


def reopened(plan: Plan) -> dict[str, bytes]:
    """The rules of an issued plan as a draft to revise, by scheme: each of its clauses is an assumption again."""
    reasons = reasons_by_citation(plan)
    return {
        name: assume_again(kept(sha256).decode("utf-8"), reasons).encode("utf-8")
        for name, sha256 in plan.schemes.items()
    }


def same_rules(draft: Plan, standing: Plan) -> bool:
    """Whether issuing the draft would put in force what is in force already."""
    before = {name: digest_bytes(data).sha256 for name, data in reopened(standing).items()}
    return before == draft.schemes and all(getattr(draft, one) == getattr(standing, one) for one in _SETTINGS)
