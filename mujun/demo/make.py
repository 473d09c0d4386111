"""Make the province: draw its tables, write its files."""

from __future__ import annotations

from pathlib import Path

from mujun.demo.files import Progress, write_province
from mujun.demo.province import draw_province


def make_province(
    out: Path, *, seed: int = 2019, manufacturers: int = 12_000, progress: Progress | None = None
) -> list[Path]:
    """Write the files an office would have, replacing any of the same names. Same seed and size, same bytes."""
    return write_province(out, draw_province(seed, manufacturers), seed, progress)
