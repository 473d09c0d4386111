"""The facts of a unit's own statement. Plain values: where they come from and how they are laid out is elsewhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from attrs import frozen

NOTHING = "（没有数据）"


@frozen
class Source:
    """Where a value stands: who brought it, in which file and cell, and on which day it was received."""

    office: str
    file: str
    cell: str = ""
    received: str = ""
    by: str = ""

    def __str__(self) -> str:
        place = "，".join(part for part in (self.file, self.cell) if part)
        return f"{self.office}《{place}》" + (f"，{self.received}收到" if self.received else "")


@frozen
class Earlier:
    """What the same cell said before, or, `later`, after these data were fixed: it is not used."""

    value: str
    source: Source
    later: bool = False

    def __str__(self) -> str:
        what = "封存后又报，没有采用" if self.later else "原报，已更正"
        return f"{what}：{grouped(self.value)}，{self.source}"


@frozen
class Part:
    """What one record gave to a value that is worked out: quantity, what it is multiplied by, and what comes of it."""

    record: str
    quantity: str
    factor: str
    amount: str
    sources: tuple[Source, ...] = ()


@frozen
class Item:
    """One value. `rule` says how it was worked out, from which `parts`; else `source` says where it was reported."""

    label: str
    value: str
    unit_text: str = ""
    source: Source | None = None
    earlier: tuple[Earlier, ...] = ()
    rule: str = ""
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """As people read it: thousands apart, every digit kept."""
        return grouped(self.value)


@frozen
class Section:
    """The values of one office."""

    office: str
    items: tuple[Item, ...]


@frozen(kw_only=True)
class Statement:
    """Everything that stands on the sheet. What is empty is left out, never made up.

    `mark` is printed at the top of every page, such as 试算 or 示例数据; `dataset` is the hash of the sealed data.
    """

    round_title: str
    scheme_label: str
    unit_label: str
    key: str
    name: str
    sections: tuple[Section, ...]
    made_on: date
    deadline: date | None = None
    contact: str = ""
    return_to: str = ""
    silence: str = ""
    """What it means not to answer in time, in the words of the plan; the statement itself decides nothing."""
    mark: str = ""
    dataset: str = ""
    together_with: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


def grouped(value: str) -> str:
    """1204.85 as 1,204.85; anything that is no number, such as a code with a zero in front, as it is."""
    if not value or value != value.strip() or (value.lstrip("-")[:1] == "0" and not value.lstrip("-").startswith("0.")):
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return f"{number:,f}" if number.is_finite() else value
