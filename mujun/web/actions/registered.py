"""Every module whose functions carry out edges, so that none is forgotten when the site starts. Does nothing itself."""

from mujun.web.actions import decision, notice, objections, publication, rounds

__all__ = ["decision", "notice", "objections", "publication", "rounds"]
