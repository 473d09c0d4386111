"""How people type: a thousands separator here, a trailing blank there, a stroke for nothing. Changes no value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from attrs import evolve

from mujun.demo.offices.mail import Mail

_TYPED = 0.02
"""How many cells are typed in a way of their own: assumed."""
_NOTHING = ("/", "—", "-", "无", "……")
_STROKES = 0.3
_WIDE = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}

_NUMBERS: tuple[Callable[[float], str], ...] = (
    lambda value: f"{value:,}",
    lambda value: f"  {value}　",
    lambda value: str(value).translate(_WIDE),
    lambda value: f"'{value}",
)
_DATES: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day:%Y/%m/%d} ",
)


def as_typed(mail: Mail, rng: np.random.Generator) -> Mail:
    """The same mail in the hands of a clerk."""
    cells = {name: [_cell(value, rng) for value in values] for name, values in mail.cells.items()}
    return evolve(mail, cells=cells, keys=tuple(_keys(mail.keys, rng)), names=tuple(_names(mail.names, rng)))


def _cell(value: object, rng: np.random.Generator) -> object:
    drawn = rng.random()
    if value is None:
        return _NOTHING[int(drawn * 1000) % len(_NOTHING)] if drawn < _STROKES else None
    if drawn >= _TYPED or isinstance(value, bool):
        return value
    way = int(drawn * 10_000)
    if isinstance(value, date):
        return _DATES[way % len(_DATES)](value)
    if isinstance(value, str):
        return f"{value} "
    assert isinstance(value, int | float)
    return _NUMBERS[way % len(_NUMBERS)](value)


def _keys(keys: Sequence[str], rng: np.random.Generator) -> list[str]:
    """A blank behind, full-width figures."""
    drawn = rng.random(len(keys))
    return [
        f"{key}　" if one < 0.004 else key.translate(_WIDE) if one < 0.006 else key
        for key, one in zip(keys, drawn, strict=True)
    ]


def _names(names: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Brackets of the other width, a blank behind."""
    drawn = rng.random(len(names))
    return [
        name.replace("（", "(").replace("）", ")") if one < 0.01 else f"{name}\u00a0" if one < 0.015 else name
        for name, one in zip(names, drawn, strict=True)
    ]
