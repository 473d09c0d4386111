"""Every module whose forms belong to edges, so that none is forgotten when the site starts. Does nothing itself."""

from mujun.web.forms import decision, evaluation, notice, objections, plans, rounds, values

__all__ = ["decision", "evaluation", "notice", "objections", "plans", "rounds", "values"]
