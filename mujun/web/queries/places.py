"""The city of a county, as the round's own table of the 89 has it. Follows no change of divisions."""

from __future__ import annotations

import csv
from functools import cache

from mujun.law import PROGRAMME


@cache
def cities(programme: str) -> dict[str, str]:
    """By county: its city."""
    with (PROGRAMME / programme / "tile_map.csv").open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row["prefecture"] for row in csv.DictReader(lines)}
