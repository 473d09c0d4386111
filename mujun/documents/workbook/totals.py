"""加分、扣分, the rounded total, exemptions and vetoes, and the place in the order. Knows no tiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from mujun.documents.workbook.areas import Area
from mujun.documents.workbook.cells import NO, SLACK, YES, Column, all_of, literal, text
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.prepare import put_rule, words
from mujun.documents.workbook.steps import number_before, put_key
from mujun.scheme.expression import Kind
from mujun.scheme.model import Adjustment, TieBreak

_BEFORE_1900 = 693_594
"""Spreadsheets count days from 30 December 1899."""


@frozen
class Standing:
    """Who is ranked, and each ranked unit's place among all it may be compared with (0 is the best, ties equal)."""

    ranked: Column
    is_ranked: Sequence[bool]
    place: Column
    places: Sequence[int | None]
    vetoes: dict[str, Column]


def put_total(desk: Desk) -> Column:
    """`score:<root>` without adjustments, `score` with them."""
    scheme, root = desk.scheme, desk.scheme.root
    desk.section = "总分"
    unrounded, _ = desk.scores[""]
    size = _size(desk)
    precision, style = scheme.precision, f"fixed:{scheme.precision}"

    def alone(unit: int, row: int) -> str:
        cell = unrounded.cell(row)
        if size is None:
            return f'IF({cell}="","",ROUND({cell}*(1+{SLACK}),{precision}))'
        return f'IF({cell}="","",ROUND({cell}+SIGN({cell})*({size(row)})*{SLACK},{precision}))'

    note = f"四舍五入到{precision}位"
    head = f"{root.label}（加减分前）" if scheme.adjustments else root.label
    before = desk.add(head, alone, desk.get(f"score:{root.id}"), note=note, style=style)
    desk.scores[root.id] = (before, desk.get(f"score:{root.id}"))
    if not scheme.adjustments:
        total = before
    else:
        extra = _put_adjustments(desk)

        def with_extra(unit: int, row: int) -> str:
            cell, more = unrounded.cell(row), extra.cell(row)
            terms = f"ABS({cell})" if size is None else size(row)
            return (
                f'IF({cell}="","",ROUND({cell}+{more}+SIGN({cell}+{more})*({terms}+ABS({more}))*{SLACK},{precision}))'
            )

        total = desk.add(f"{root.label}（总分）", with_extra, desk.get("score"), note=note, style=style)
    desk.total = total
    return total


def _size(desk: Desk) -> Callable[[int], str] | None:
    """Σ |points|, where the total is the sum of points."""
    root = desk.scheme.root
    if root.is_indicator or root.aggregate == "geometric_mean" or root.normalise:
        return None
    first, last = desk.points[0], desk.points[-1]

    def shown(row: int) -> str:
        cells = f"{first.cell(row)}:{last.cell(row)}"
        return f'SUMIF({cells},">0")-SUMIF({cells},"<0")'

    return shown


def _put_adjustments(desk: Desk) -> Column:
    scheme = desk.scheme
    desk.section = "加减分"
    columns = [_put_points(desk, rule) for rule in scheme.adjustments]
    bounds = scheme.adjustments_between

    def formula(unit: int, row: int) -> str:
        total = f"SUM({columns[0].cell(row)}:{columns[-1].cell(row)})"
        if bounds is not None:
            total = f"MIN({literal(bounds[1])},MAX({literal(bounds[0])},{total}))"
        return f'IF({desk.here[""][0].cell(row)}={text(YES)},{total},"")'

    note = "" if bounds is None else f"合计不低于{literal(bounds[0])}、不高于{literal(bounds[1])}"
    return desk.add("加减分合计", formula, desk.get("adjustment"), note=note)


def _put_points(desk: Desk, rule: Adjustment) -> Column:
    held = [bool(one) for one in desk.get(f"adjustment:{rule.id}")]
    points = desk.get(f"points:adjustment:{rule.id}") if f"points:adjustment:{rule.id}" in desk.frame.columns else []
    values = [p if h and p is not None else None for h, p in zip(held, points or [None] * desk.size, strict=True)]

    def formula(unit: int, row: int) -> str:
        holds = all_of(f"{desk.here[''][0].cell(row)}={text(YES)}", desk.language.true(rule.when, row))
        return f'IF({holds},{desk.language.value(rule.points, row)},"")'

    return desk.add(rule.label, formula, values, note=desk.basis(rule.basis))


def put_standing(desk: Desk, total: Column) -> Standing:
    """Exemptions, vetoes, who is ranked, and the order."""
    scheme = desk.scheme
    desk.section = "豁免和否决"
    exempt = [put_rule(desk, "exemption", rule, "豁免") for rule in scheme.exemptions]
    vetoes = {rule.id: put_rule(desk, "veto", rule, "否决") for rule in scheme.vetoes}
    desk.section = "排名"
    is_ranked = [rank is not None for rank in desk.get("rank")]

    def ranked(unit: int, row: int) -> str:
        free = [f"{column.cell(row)}={text(NO)}" for column in exempt]
        return f"IF({all_of(f'ISNUMBER({total.cell(row)})', *free)},{text(YES)},{text(NO)})"

    taking = desk.add("参与排名", ranked, words(is_ranked), style="text")
    own = [score if one else None for score, one in zip(desk.get("score"), is_ranked, strict=True)]
    mine = desk.add(
        "排名用总分",
        lambda unit, row: f'IF({taking.cell(row)}={text(YES)},{total.cell(row)},"")',
        own,
        style=f"fixed:{scheme.precision}",
        helper=True,
    )
    tiers = scheme.tiers
    whole = tiers is not None and scheme.scope_columns(tiers.over) != scheme.group_by
    area = desk.area(()) if whole else desk.area(scheme.group_by)
    place, places = _put_places(desk, area, mine, own)
    _put_rank(desk, place, taking)
    return Standing(taking, is_ranked, place, places, vetoes)


def _put_places(desk: Desk, area: Area, mine: Column, own: list[Any]) -> tuple[Column, list[int | None]]:
    places = number_before(area, own, own, descending=True)
    shown = f"0为最高；同分同位；比较范围：{'全部单位' if area.rows and len(area.rows) == 1 else '本组'}"

    def first(unit: int, row: int) -> str:
        cell = mine.cell(row)
        return f'IF({cell}="","",{area.within(mine, unit, row, chr(34) + ">" + chr(34) + "&" + cell)})'

    column = desk.add("总分比它高的单位数", first, places, note=shown, style="whole", helper=True)
    for tie_break in desk.scheme.tie_break:
        if tie_break.node and tie_break.name == desk.scheme.root.id:
            continue
        column, places = _broken(desk, area, column, places, tie_break)
    return column, places


def _broken(
    desk: Desk, area: Area, place: Column, places: list[int | None], tie_break: TieBreak
) -> tuple[Column, list[int | None]]:
    """Places with one more tie-break: old place × units + place in the tie-break, then counted anew."""
    label, key, values, rising = _breaking(desk, tie_break)
    ahead = number_before(area, values, values, descending=not rising)
    there: dict[str, int] = dict.fromkeys(area.labels, 0)
    for scope, value in zip(area.of_unit, values, strict=True):
        there[scope] += value is not None
    later = [there[scope] if n is None else n for scope, n in zip(area.of_unit, ahead, strict=True)]
    most = desk.size + 1
    sign = '"<"&' if rising else '">"&'

    def joined(unit: int, row: int) -> str:
        cell, before = key.cell(row), place.cell(row)
        counted = area.within(key, unit, row, sign + cell)
        last = area.within(key, unit, row, '">=-1E+300"')
        return f'IF({before}="","",{before}*{most}+IF({cell}="",{last},{counted}))'

    both = [None if old is None else old * most + new for old, new in zip(places, later, strict=True)]
    note = f"前一位次×{most}＋按“{label}”的位次；缺数的排最后"
    mixed = desk.add(f"同分再比：{label}", joined, both, note=note, style="whole", helper=True)
    new_places = number_before(area, both, both, descending=False)

    def counted_anew(unit: int, row: int) -> str:
        cell = mixed.cell(row)
        return f'IF({cell}="","",{area.within(mixed, unit, row, chr(34) + "<" + chr(34) + "&" + cell)})'

    column = desk.add(f"位次（比过{label}）", counted_anew, new_places, style="whole", helper=True)
    return column, new_places


def _breaking(desk: Desk, tie_break: TieBreak) -> tuple[str, Column, list[float | None], bool]:
    """The number that breaks ties as a column, and whether less is better."""
    if tie_break.node:
        node = next(node for node in desk.scheme.nodes() if node.id == tie_break.name)
        column, known = desk.values[node.id]
        rising = node.direction == "lower"
        return node.label, put_key(desk, node.label, column, known), list(known), rising
    name = desk.names[tie_break.name]
    source = name.column
    assert source is not None
    label = desk.scheme.column_labels.get(tie_break.name, tie_break.name)
    raw = desk.get(f"column:{tie_break.name}")
    if name.kind is Kind.TEXT:
        order = {value: float(place) for place, value in enumerate(sorted({one for one in raw if one is not None}))}
        values = [None if one is None else order[one] for one in raw]
        desk.fall_back(f"同分时按文字“{label}”排先后")
        note = "文字按编码先后编的号（固定值）"
        return label, desk.add(f"{label}·次序", None, values, note=note, style="whole", helper=True), values, False
    numbers = [
        None if one is None else float(one.toordinal() - _BEFORE_1900 if name.kind is Kind.DATE else one) for one in raw
    ]
    if name.kind is Kind.BOOLEAN:

        def formula(unit: int, row: int) -> str:
            cell = source.cell(row)
            return f'IF({cell}={text(YES)},1,IF({cell}={text(NO)},0,""))'

        return label, desk.add(f"{label}·次序", formula, numbers, style="whole", helper=True), numbers, False

    def number(unit: int, row: int) -> str:
        cell = source.cell(row)
        return f'IF(ISNUMBER({cell}),{cell},"")'

    shown = desk.add(f"{label}·同分比较", number, numbers, helper=True)
    return label, put_key(desk, label, shown, numbers), numbers, False


def _put_rank(desk: Desk, place: Column, taking: Column) -> None:
    group = desk.area(desk.scheme.group_by)

    def rank(unit: int, row: int) -> str:
        cell = place.cell(row)
        return f'IF({cell}="","",1+{group.within(place, unit, row, chr(34) + "<" + chr(34) + "&" + cell)})'

    desk.rank = desk.add("名次", rank, desk.get("rank"), style="rank", note="本组名次，1为最好")

    def size(unit: int, row: int) -> str:
        return f'IF({taking.cell(row)}={text(YES)},{group.within(taking, unit, row, text(YES))},"")'

    desk.add("本组参与排名", size, desk.get("group_size"), style="whole")
