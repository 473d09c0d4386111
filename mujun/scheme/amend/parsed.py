"""A text of rules, read once for all who only look at it: forms and comparisons ask many times for the same text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from mujun.yaml_source import parse_yaml

_TEXTS = 64


@lru_cache(maxsize=_TEXTS)
def parsed(text: str) -> Any:
    """What the text says; not to be changed by who gets it. Raises CannotGoOn where it is not YAML."""
    return parse_yaml(text, "")[0]
