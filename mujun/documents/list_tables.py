"""Lists of frontrunners as tables: totals by domain and class, then the names. Totals are those of the facts."""

from __future__ import annotations

from mujun.documents.content.listed import Class, DomainList, FullList
from mujun.documents.content.wording import numeral
from mujun.documents.gongwen.parts import Heading, Paragraph, Part, Table


def totals_table(listed: FullList, caption: str = "") -> Table:
    """领域、分类、数量, with the total of all in the last row."""
    rows: list[tuple[str, ...]] = []
    for domain in listed.domains:
        for place, one in enumerate(domain.classes):
            name = _name(domain) if place == 0 else ""
            rows.append((name, one.label, f"{len(one.entries)}", f"{domain.total}" if place == 0 else ""))
    rows.append(("合计", "", f"{listed.total}", f"{listed.total}"))
    heads = ("领域", "分类（行业）", "数量", "领域合计")
    return Table(heads, tuple(rows), (70, 46, 18, 22), "llrr", caption, total=True, size=10.5)


def names_by_class(listed: FullList) -> list[Part]:
    """A chapter for each domain, a section and a table for each class, numbered inside the class."""
    parts: list[Part] = []
    for place, domain in enumerate(listed.domains, 1):
        parts.append(Heading(1, f"{numeral(place)}、{_name(domain)}（{domain.total}{domain.measure}）"))
        if domain.adopted_from:
            parts.append(Paragraph(f"参照{domain.adopted_from}。"))
        for order, one in enumerate(domain.classes, 1):
            if len(domain.classes) > 1:
                parts.append(Heading(2, f"（{numeral(order)}）{one.label}（{len(one.entries)}{domain.measure}）"))
            parts.append(names_table(one))
    return parts


def names_table(one: Class) -> Table:
    rows = tuple((str(place), entry.name, entry.place) for place, entry in enumerate(one.entries, 1))
    if any(entry.place for entry in one.entries):
        return Table(("序号", "名称", "所在地"), rows, (16, 92, 48), "cll")
    return Table(("序号", "名称"), tuple(row[:2] for row in rows), (16, 140), "cl")


def in_sentence(listed: FullList) -> str:
    """共45个（家）：县（市、区）3个，特色小镇2个…"""
    parts = "，".join(f"{_name(one)}{one.total}{one.measure}" for one in listed.domains)
    measures = dict.fromkeys(one.measure for one in listed.domains)
    first, *others = measures
    return f"共{listed.total}{first}{f'（{others[0]}）' if others else ''}：{parts}"


def _name(domain: DomainList) -> str:
    return f"{domain.label}（试评价）" if domain.trial else domain.label
