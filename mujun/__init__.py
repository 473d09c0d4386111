"""mujun (亩均): run a public performance programme whose every number can be checked."""

__version__ = "0.1.0"
