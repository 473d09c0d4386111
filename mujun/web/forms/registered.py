"""Every module whose forms belong to edges, so that none is forgotten when the site starts. Does nothing itself."""

from mujun.web.forms import decision, notice, objections, rounds

__all__ = ["decision", "notice", "objections", "rounds"]
