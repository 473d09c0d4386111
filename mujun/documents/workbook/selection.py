"""Selection inside the quota of each group, the reserve, and the marks a unit bears."""

from __future__ import annotations

from mujun.documents.workbook.areas import Area
from mujun.documents.workbook.cells import NO, NOBODY, YES, Column, all_of, any_of, literal, text
from mujun.documents.workbook.desk import Desk, Family, Mark
from mujun.documents.workbook.families import count_marks
from mujun.documents.workbook.prepare import words
from mujun.documents.workbook.tiers import put_first_and_last, rounded_share
from mujun.documents.workbook.totals import Standing
from mujun.engine.tiers import ROUNDING
from mujun.scheme.model import Quota, Selection


def put_selection(desk: Desk, standing: Standing) -> Column | None:
    """Adds 入选 and 备选. Ends with the column that marks units tied at the cut, if any."""
    selection = desk.scheme.selection
    desk.section = "遴选"
    if selection is None:
        return None
    basis = desk.basis(selection.basis, desk.scheme.basis)
    selected = [bool(one) for one in desk.get("selected")]
    if selection.quota is None:
        note = f"名单参照“{selection.adopt_from}”（固定值）"
        desk.chosen = desk.add("入选", None, words(selected), note=note, style="verdict")
        desk.fall_back(f"参照“{selection.adopt_from}”的名单")
        return None
    held = _candidates(desk, standing, selection)
    candidate = desk.add(
        "候选",
        lambda unit, row: f"IF({_condition(desk, standing, selection, row)},{text(YES)},{text(NO)})",
        words(held),
        note=_conditions_in_words(selection),
        style="text",
        helper=True,
    )
    area = desk.area(desk.scheme.group_by)
    limits = _put_quota(desk, standing, selection.quota, area, basis)
    first, last = put_first_and_last(desk, standing, area, candidate, held, "候选", None)
    stop = selection.at_the_cut == "stop"

    def chosen(unit: int, row: int) -> str:
        edge = (last if stop else first)[0].cell(row)
        inside = f"AND({candidate.cell(row)}={text(YES)},{edge}<={limits.cell(unit, row)})"
        return f"IF({inside},{text(YES)},{text(NO)})"

    def tied(unit: int, row: int) -> str:
        a, b, most = first[0].cell(row), last[0].cell(row), limits.cell(unit, row)
        inside = f"AND({candidate.cell(row)}={text(YES)},{a}<={most},{b}>{most})"
        return f"IF({inside},{text(YES)},{text(NO)})"

    in_column = desk.add("入选", chosen, words(selected), note=basis, style="verdict")
    desk.chosen = in_column
    is_tied = ["入选线并列" in (flags or "") for flags in desk.get("flags")]
    fate = "一个也不选，列备选最前" if stop else "一并入选"
    at_cut = desk.add("入选线并列", tied, words(is_tied), note=fate, style="text", helper=True)
    desk.at_cut = at_cut
    _put_reserve(desk, standing, selection, area, candidate, in_column, at_cut, held, selected)
    return at_cut


def _candidates(desk: Desk, standing: Standing, selection: Selection) -> list[bool]:
    vetoed = [desk.get(f"veto:{veto.id}") for veto in desk.scheme.vetoes]
    least = selection.minimum_score
    return [
        ranked
        and not any(one[unit] for one in vetoed)
        and (not selection.from_tiers or tier in selection.from_tiers)
        and (least is None or score >= float(least))
        for unit, (ranked, tier, score) in enumerate(
            zip(standing.is_ranked, desk.get("tier"), desk.get("score"), strict=True)
        )
    ]


def _condition(desk: Desk, standing: Standing, selection: Selection, row: int) -> str:
    parts = [f"{standing.ranked.cell(row)}={text(YES)}"]
    parts += [f"{column.cell(row)}={text(NO)}" for column in standing.vetoes.values()]
    if selection.from_tiers:
        assert desk.tier is not None
        parts.append(any_of(*(f"{desk.tier.cell(row)}={text(one)}" for one in selection.from_tiers)))
    if selection.minimum_score is not None:
        assert desk.total is not None
        parts.append(f"N({desk.total.cell(row)})>={literal(selection.minimum_score)}")
    return all_of(*parts)


def _conditions_in_words(selection: Selection) -> str:
    tiers = f"档次为{'、'.join(selection.from_tiers)}" if selection.from_tiers else ""
    least = "" if selection.minimum_score is None else f"总分不低于{literal(selection.minimum_score)}"
    return "，".join(part for part in ("参与排名", "没有否决情形", tiers, least) if part)


def _put_quota(desk: Desk, standing: Standing, quota: Quota, area: Area, basis: str) -> Family:
    places, values = {}, {}
    ranked = None
    if quota.share is not None:
        ranked = count_marks(desk, "参与排名数", area, standing.ranked, list(standing.is_ranked), "")
    for label in area.labels:
        if ranked is not None and quota.share is not None:
            size = int(ranked.values[label] or 0)
            number = ROUNDING[quota.rounding](quota.share * size)
            raw: str | None = rounded_share(quota.share, f"G{ranked.places[label]}", quota.rounding)
            word = f"比例{literal(quota.share)}×参与排名数"
        else:
            unit = area.of_unit.index(label) if desk.size else None
            parts = [NOBODY if one is None else one for one in (desk.group_labels[unit] if unit is not None else ())]
            number, raw, word = quota.by_group.get("/".join(parts), quota.default or 0), None, "常数"
        used = None if raw is None else f"F{desk.next_mark}"
        mark = Mark(desk.section, "遴选名额", label, word, None, None, raw, number, used, number, basis, False, "whole")
        places[label], values[label] = desk.mark(mark), float(number)
    return Family(area, places, values)


def _put_reserve(
    desk: Desk,
    standing: Standing,
    selection: Selection,
    area: Area,
    candidate: Column,
    chosen: Column,
    at_cut: Column,
    held: list[bool],
    selected: list[bool],
) -> None:
    if not selection.reserve:
        return
    waiting = desk.add(
        "待选",
        lambda unit, row: (
            f"IF(AND({candidate.cell(row)}={text(YES)},{chosen.cell(row)}={text(NO)}),{text(YES)},{text(NO)})"
        ),
        words([one and not two for one, two in zip(held, selected, strict=True)]),
        style="text",
        helper=True,
    )
    key = desk.add(
        "待选·位次",
        lambda unit, row: f'IF({waiting.cell(row)}={text(YES)},{standing.place.cell(row)},"")',
        [p if one and not two else None for p, one, two in zip(standing.places, held, selected, strict=True)],
        style="whole",
        helper=True,
    )

    def reserve(unit: int, row: int) -> str:
        cell = key.cell(row)
        place = f"{area.within(key, unit, row, chr(34) + '<' + chr(34) + '&' + cell)}+1"
        inside = f"OR({place}<={selection.reserve},{at_cut.cell(row)}={text(YES)})"
        return f'IF({cell}="","",IF({inside},{place},""))'

    note = f"备选{selection.reserve}名，1为最先递补"
    desk.reserve = desk.add("备选位次", reserve, desk.get("reserve"), style="rank", note=note)
