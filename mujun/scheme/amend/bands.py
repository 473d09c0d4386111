"""Bands as they are typed, a line for each (`1.5 0.6`), and where they are written. Knows no scheme."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from mujun.scheme.amend.splice import REMOVE, Inserted, Path

Band = tuple[Decimal, Decimal]
"""What is reached, what it earns."""
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def read_bands(typed: str) -> tuple[list[Band], list[tuple[str, str]]]:
    """From low to high, however they were typed; and what is wrong with them, with how to mend it."""
    bands: list[Band] = []
    wrong: list[tuple[str, str]] = []
    for line in typed.splitlines():
        cells = unicodedata.normalize("NFKC", line).split()
        if len(cells) > 2:
            wrong.append((f"“{line.strip()}”不是一档。", "每一档只填达到多少、得多少两个数。"))
        elif len(cells) == 1:
            wrong.append((f"有一档只填了“{cells[0]}”。", "每一档都要填达到多少、得多少；要去掉一档，两格都清空。"))
        elif bad := [cell for cell in cells if not NUMBER.fullmatch(cell)]:
            wrong += [(f"“{cell}”不是数。", "请只填数字，例如 1.5。") for cell in bad]
        elif cells:
            bands.append((Decimal(cells[0]), Decimal(cells[1])))
    bands.sort()
    twice = dict.fromkeys(a for (a, _), (b, _) in pairwise(bands) if a == b)
    wrong += [(f"有两档都是达到{value:f}。", "请去掉一档，或改成不同的数。") for value in twice]
    if not bands and not wrong:
        wrong.append(("一档也没有。", "请至少留一档。"))
    return bands, wrong


def put_bands(now: Sequence[Sequence[Any]], new: Sequence[Band], place: Path) -> dict[Path, Any]:
    """Only what differs: numbers where there are as many bands, else bands that come and go between those that stay."""
    if len(now) == len(new):
        return {
            (*place, row, column): value
            for row, (old, band) in enumerate(zip(now, new, strict=True))
            for column, value in enumerate(band)
            if old[column] != value
        }
    earned = dict(new)
    found: dict[Path, Any] = {}
    for row, (reached, earns) in enumerate(now):
        if reached not in earned:
            found[*place, row] = REMOVE
        elif earned[reached] != earns:
            found[*place, row, 1] = earned[reached]
    stays = [reached for reached, _ in now]
    for row in range(len(now) + 1):
        low, high = (stays[row - 1] if row else None), (stays[row] if row < len(now) else None)
        between = [
            band
            for band in new
            if band[0] not in stays and (low is None or band[0] > low) and (high is None or band[0] < high)
        ]
        if between:
            found[*place, row] = Inserted(between)
    return found


def bands_in_words(typed: str) -> list[str]:
    """`满1.5得0.6`."""
    return ["满{}得{}".format(*line.split()) for line in typed.splitlines()]
