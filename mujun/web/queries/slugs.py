"""The address of a row's page, from what is public of it: it tells nothing of the unit's code, and stays the same."""

from __future__ import annotations

import hashlib

_LENGTH = 16


def slug_of(year: int, domain: str, name: str, county: str) -> str:
    """The same on the notice and when the list is issued; a corrected name has another, and the old one answers."""
    return hashlib.sha256(f"{year}/{domain}/{name}/{county}".encode()).hexdigest()[:_LENGTH]
