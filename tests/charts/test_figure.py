"""What holds for every figure; how it looks is asked of a real browser."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from altair.utils import schemapi

from mujun.charts.palette import FONTS
from tests.browser import DESK, PHONE, visit
from tests.charts.drawn import crowded

BOXES = """svg => {
  const whole = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(one => one.textContent.trim()).map(one => {
    const box = one.getBoundingClientRect();
    return [one.textContent, box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top,
            whole.width, whole.height];
  });
}"""
Box = tuple[str, float, float, float, float, float, float]
SLACK = 1.5
"""A line box is a little higher than the characters in it."""


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("stack", ["", "DejaVu Sans Mono, Noto Serif CJK SC, serif"])
def test_no_text_overlaps_another_or_is_clipped(tmp_path: Path, width: int, stack: str) -> None:
    """Also where the reader's fonts are others than those thought of."""
    style = f"svg text {{ font-family: {stack} }}" if stack else ""
    figures = crowded()
    page = tmp_path / "figures.html"
    drawings = "".join(figure.inline for figure in figures.values())
    page.write_text(f"<meta charset=utf-8><style>svg {{ display: block }} {style}</style>{drawings}", encoding="utf-8")
    with visit(page, width) as visited:
        found = {name: visited.page.locator("svg").nth(place).evaluate(BOXES) for place, name in enumerate(figures)}
    assert {name: problems for name, boxes in found.items() if (problems := _problems(boxes))} == {}
    assert all(len(boxes) > 5 for boxes in found.values())


def _problems(boxes: list[Box]) -> list[str]:
    outside = [
        f"{text} is cut off"
        for text, left, top, right, bottom, wide, high in boxes
        if left < -SLACK or top < -SLACK or right > wide + SLACK or bottom > high + SLACK
    ]
    over = [
        f"{one[0]} over {other[0]}"
        for place, one in enumerate(boxes)
        for other in boxes[place + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > SLACK
        and min(one[4], other[4]) - max(one[2], other[2]) > 3 * SLACK
    ]
    return outside + over


@pytest.mark.parametrize("name", list(crowded()))
def test_figure_is_named_and_asks_for_nothing(name: str) -> None:
    figure = crowded()[name]
    assert f'role="img" aria-label="{figure.title}"' in figure.svg
    assert {part.partition('"')[0] for part in figure.svg.split('font-family="')[1:]} == {FONTS}
    assert "http" not in figure.inline
    assert figure.table.rows
    assert all(len(row) == len(figure.table.head) for row in figure.table.rows)


def test_specifications_are_valid() -> None:
    """Pages draw without the check, which takes longer than drawing."""
    with schemapi.debug_mode(True):
        assert len(crowded.__wrapped__()) == 6  # drawn anew


def test_same_figures_same_bytes_in_another_process() -> None:
    """Which has another order of sets."""
    program = (
        "import sys; from tests.charts.drawn import crowded;"
        "sys.stdout.buffer.write(''.join(one.svg for one in crowded().values()).encode())"
    )
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    other = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert other.stdout.decode() == "".join(one.svg for one in crowded().values())


def test_png_is_the_same_picture_on_white() -> None:
    figure = crowded()["tier_shares"]
    png = figure.png(scale=2)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20])[0] == (figure.width + 16) * 2
