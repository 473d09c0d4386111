"""Tiers, level by level: places per scope in 基准, who gets them in 计算. Shares are of the whole scope."""

from __future__ import annotations

from fractions import Fraction

from attrs import define

from mujun.documents.workbook.areas import Area
from mujun.documents.workbook.cells import NO, YES, Column, all_of, literal, text
from mujun.documents.workbook.desk import Desk, Family, Formula, Mark
from mujun.documents.workbook.families import count_marks
from mujun.documents.workbook.language import Language, Name
from mujun.documents.workbook.meaning import Row, worth
from mujun.documents.workbook.prepare import words
from mujun.documents.workbook.totals import Standing
from mujun.engine.tiers import ROUNDING
from mujun.scheme.expression import Kind
from mujun.scheme.model import TierLevel, Tiers


@define
class Placing:
    """Where the placing of units stands."""

    desk: Desk
    standing: Standing
    tiers: Tiers
    area: Area
    rows: list[Row]
    column: Column
    """The tier so far."""
    so_far: list[str | None]
    torn: list[Column]
    counted: Column | None = None
    is_counted: list[bool] | None = None
    sizes: Family | None = None
    carry: dict[str, dict[str, tuple[str, int]]] | None = None
    """By side and scope: the cell that says what ties took from this level's side, and its value."""


def rounded_share(share: Fraction, cell: str, rounding: str) -> str:
    """share × number, rounded; the inner ROUND takes binary dust away."""
    exact = f"ROUND({literal(share)}*{cell},9)"
    return {"floor": f"INT({exact})", "ceil": f"ROUNDUP({exact},0)", "half_up": f"ROUND({exact},0)"}[rounding]


def put_tiers(desk: Desk, standing: Standing, rows: list[Row]) -> list[Column]:
    """Adds 档次. Ends with the columns that mark units tied on a boundary."""
    tiers = desk.scheme.tiers
    if tiers is None:
        return []
    desk.section = "档次"
    placing = _start(desk, standing, tiers, rows)
    placing.is_counted = [one and tier is None for one, tier in zip(standing.is_ranked, placing.so_far, strict=True)]
    before = placing.column

    def counted(unit: int, row: int) -> str:
        taking, placed = standing.ranked.cell(row), before.cell(row)
        return f'IF(AND({taking}={text(YES)},{placed}=""),{text(YES)},{text(NO)})'

    note = "计入档次比例的单位"
    placing.counted = desk.add("计入比例", counted, words(placing.is_counted), note=note, style="text", helper=True)
    basis = desk.basis(tiers.basis, desk.scheme.basis)
    placing.sizes = count_marks(desk, "档次比例的基数", placing.area, placing.counted, placing.is_counted, basis)
    placing.carry = {side: dict.fromkeys(placing.area.labels, ("", 0)) for side in ("top", "bottom")}
    for place, level in enumerate(tiers.levels, 1):
        if level.outside_quota:
            continue
        if level.share is None and level.up_to is None:
            _put_rest(placing, level, place)
        else:
            _put_share(placing, level, place)
    final = placing.column

    def tier(unit: int, row: int) -> str:
        return f"{final.cell(row)}&{text('')}"

    desk.tier = desk.add("档次", tier, [one or "" for one in desk.get("tier")], style="verdict", note=basis)
    return placing.torn


def _start(desk: Desk, standing: Standing, tiers: Tiers, rows: list[Row]) -> Placing:
    """`lowest_tier` vetoes and levels outside the quota place their units first."""
    vetoes = [veto for veto in desk.scheme.vetoes if veto.effect == "lowest_tier"]
    outside = [level for level in tiers.levels if level.outside_quota]
    so_far: list[str | None] = []
    held = [desk.get(f"veto:{veto.id}") for veto in vetoes]
    for unit, ranked in enumerate(standing.is_ranked):
        tier = None
        if ranked:
            if any(one[unit] for one in held):
                tier = tiers.lowest
            else:
                met = (level.tier for level in outside if _meets(level, rows[unit]))
                tier = next(met, None)
        so_far.append(tier)

    def formula(unit: int, row: int) -> str:
        result = text("")
        for level in reversed(outside):
            result = f"IF({condition(desk, level, row)},{text(level.tier)},{result})"
        for veto in reversed(vetoes):
            result = f"IF({standing.vetoes[veto.id].cell(row)}={text(YES)},{text(tiers.lowest)},{result})"
        return f"IF({standing.ranked.cell(row)}={text(YES)},{result},{text('')})"

    note = "否决列末档的和不占比例的先定"
    column = desk.add("先行定档", formula, [one or "" for one in so_far], note=note, style="text", helper=True)
    return Placing(desk, standing, tiers, desk.area(tiers.over), rows, column, so_far, [])


def _meets(level: TierLevel, row: Row) -> bool:
    return level.when is None or worth(level.when, row) is True


def condition(desk: Desk, level: TierLevel, row: int) -> str:
    """A level's `when`: node ids mean scores, the root's the total with adjustments."""
    if level.when is None:
        return "TRUE"
    scores = {node.id: Name(desk.scores[node.id][0], Kind.NUMBER) for node in desk.scheme.nodes()}
    assert desk.total is not None
    scores[desk.scheme.root.id] = Name(desk.total, Kind.NUMBER)
    return Language({**desk.names, **scores}).true(level.when, row)


def _candidates(placing: Placing, level: TierLevel, place: int) -> tuple[Formula, list[bool]]:
    desk, before, standing = placing.desk, placing.column, placing.standing

    def formula(unit: int, row: int) -> str:
        open_ = [f"{standing.ranked.cell(row)}={text(YES)}", f'{before.cell(row)}=""']
        return all_of(*open_, condition(desk, level, row))

    held = [
        ranked and tier is None and _meets(level, row)
        for ranked, tier, row in zip(standing.is_ranked, placing.so_far, placing.rows, strict=True)
    ]
    return formula, held


def _put_rest(placing: Placing, level: TierLevel, place: int) -> None:
    candidate, held = _candidates(placing, level, place)
    before = placing.column

    def formula(unit: int, row: int) -> str:
        return f"IF({candidate(unit, row)},{text(level.tier)},{before.cell(row)})"

    _placed(placing, level, place, formula, held)


def _placed(placing: Placing, level: TierLevel, place: int, formula: Formula, taken: list[bool]) -> None:
    placing.so_far = [level.tier if one else tier for one, tier in zip(taken, placing.so_far, strict=True)]
    shown = [one or "" for one in placing.so_far]
    head = f"第{place}步后的档次（{level.tier}）"
    note = level.when_text and f"条件：{level.when_text}"
    placing.column = placing.desk.add(head, formula, shown, note=note, style="text", helper=True)


def _put_share(placing: Placing, level: TierLevel, place: int) -> None:
    """The best, or the worst, of the open units. What a tie takes or adds moves on to the next level of its side."""
    desk, standing, area = placing.desk, placing.standing, placing.area
    candidate, held = _candidates(placing, level, place)
    name = f"{level.tier}档（第{place}步）"
    marked = desk.add(
        f"{name}·候选",
        lambda unit, row: f"IF({candidate(unit, row)},{text(YES)},{text(NO)})",
        words(held),
        style="text",
        helper=True,
    )
    limits, numbers = _put_limits(placing, level, name)
    counting, is_counting = marked, held
    if level.up_to is not None:
        assert placing.counted is not None
        assert placing.is_counted is not None
        counting, is_counting = placing.counted, placing.is_counted
    sizes = None
    if level.from_bottom:
        sizes = count_marks(desk, f"{name}的候选数", area, marked, held, "")
    first, last = put_first_and_last(desk, standing, area, counting, is_counting, name, sizes)
    loses = (level.ties == "down") != level.from_bottom
    before = placing.column

    def taken(unit: int, row: int) -> str:
        edge = (last if loses else first)[0].cell(row)
        inside = f"AND({marked.cell(row)}={text(YES)},{edge}<={lookup(limits, unit, row)})"
        return f"IF({inside},{text(level.tier)},{before.cell(row)})"

    firsts, lasts = first[1], last[1]
    limit = [numbers[label] for label in area.of_unit]
    is_taken = [
        one and e is not None and e <= most
        for one, e, most in zip(held, lasts if loses else firsts, limit, strict=True)
    ]
    stop = last if not loses else first

    def torn(unit: int, row: int) -> str:
        most, a, b = lookup(limits, unit, row), first[0].cell(row), last[0].cell(row)
        edge = stop[0].cell(row) + ("-1" if loses else "")
        return f'IF({marked.cell(row)}={text(NO)},"",IF(AND({a}<={most},{b}>{most}),{edge},""))'

    edges = [
        (b if not loses else a - 1) if one and a is not None and b is not None and a <= most < b else None
        for one, a, b, most in zip(held, firsts, lasts, limit, strict=True)
    ]
    note = "与界线并列的单位：它们止于或始于第几位"
    torn_column = desk.add(f"{name}·界线并列", torn, edges, note=note, style="whole", helper=True)
    placing.torn.append(torn_column)
    _carry_on(placing, level, name, torn_column, edges, limits, numbers)
    _placed(placing, level, place, taken, is_taken)


def lookup(family: Family, unit: int, row: int) -> str:
    return family.cell(unit, row)


def put_first_and_last(
    desk: Desk,
    standing: Standing,
    area: Area,
    counting: Column,
    is_counting: list[bool],
    name: str,
    sizes: Family | None,
) -> tuple[tuple[Column, list[int | None]], tuple[Column, list[int | None]]]:
    """The first and last place of the units tied with each one, among those counting; from the bottom with `sizes`."""
    place = standing.place
    own = [p if one else None for p, one in zip(standing.places, is_counting, strict=True)]
    key = desk.add(
        f"{name}·位次",
        lambda unit, row: f'IF({counting.cell(row)}={text(YES)},{place.cell(row)},"")',
        own,
        style="whole",
        helper=True,
    )
    members: dict[str, list[int]] = {label: [] for label in area.labels}
    for label, p in zip(area.of_unit, own, strict=True):
        if p is not None:
            members[label].append(p)
    tallies = {label: _tally(some) for label, some in members.items()}

    def edge(sign: str, plus: int) -> Formula:
        def formula(unit: int, row: int) -> str:
            cell = key.cell(row)
            counted = area.within(key, unit, row, f'"{sign}"&{cell}')
            if sizes is not None:
                counted = f"{sizes.cell(unit, row)}+{1 - plus}-{counted}"
            return f'IF({cell}="","",{counted}{"+1" if plus and sizes is None else ""})'

        return formula

    firsts: list[int | None] = [
        None if p is None else tallies[label][p][0] for label, p in zip(area.of_unit, own, strict=True)
    ]
    lasts: list[int | None] = [
        None if p is None else tallies[label][p][1] for label, p in zip(area.of_unit, own, strict=True)
    ]
    first_formula, last_formula = edge("<", 1), edge("<=", 0)
    if sizes is not None:
        ends = [int(sizes.of(unit) or 0) + 1 for unit in range(desk.size)]
        firsts, lasts = (
            [None if p is None else end - p for p, end in zip(some, ends, strict=True)] for some in (lasts, firsts)
        )
        first_formula, last_formula = last_formula, first_formula
    first = desk.add(f"{name}·起位", first_formula, firsts, style="whole", helper=True)
    last = desk.add(f"{name}·止位", last_formula, lasts, style="whole", helper=True)
    return (first, firsts), (last, lasts)


def _tally(places: list[int]) -> dict[int, tuple[int, int]]:
    """For each place, the first and last position of those that share it."""
    found: dict[int, tuple[int, int]] = {}
    for position, p in enumerate(sorted(places), 1):
        found[p] = (found.get(p, (position, 0))[0], position)
    return found


def _put_limits(placing: Placing, level: TierLevel, name: str) -> tuple[Family, dict[str, int]]:
    """How many places the level has in each scope."""
    desk, area, sizes = placing.desk, placing.area, placing.sizes
    assert sizes is not None
    assert placing.carry is not None
    share = level.share if level.share is not None else level.up_to
    assert share is not None
    side = placing.carry["bottom" if level.from_bottom else "top"]
    places, numbers = {}, {}
    for label in area.labels:
        size = f"G{sizes.places[label]}"
        raw = rounded_share(share, size, level.rounding)
        number = ROUNDING[level.rounding](share * int(sizes.values[label] or 0))
        at = desk.next_mark
        used, carried = f"F{at}", side[label]
        final = number
        if level.share is not None:
            used = f"MAX({used}+{carried[0]},0)" if carried[0] else used
            final = max(number + carried[1], 0)
        word = f"比例{literal(share)}×基数" if level.share is not None else f"位次不超过{literal(share)}×基数"
        basis = desk.basis(placing.tiers.basis, desk.scheme.basis)
        mark = Mark(
            desk.section, f"{name}的名额", label, word, None, None, raw, number, used, final, basis, False, "whole"
        )
        places[label], numbers[label] = desk.mark(mark), final
    return Family(area, places, {label: float(n) for label, n in numbers.items()}), numbers


def _carry_on(
    placing: Placing,
    level: TierLevel,
    name: str,
    torn: Column,
    edges: list[int | None],
    limits: Family,
    numbers: dict[str, int],
) -> None:
    desk, area = placing.desk, placing.area
    assert placing.carry is not None
    side = placing.carry["bottom" if level.from_bottom else "top"]
    for label in area.labels:
        at = desk.next_mark
        cells = area.cells(torn, label, f"$C{at}")
        mine = [e for e, one in zip(edges, area.of_unit, strict=True) if e is not None and one == label]
        carried = numbers[label] - mine[0] if mine else 0
        used = f"IF(E{at}=0,0,G{limits.places[label]}-F{at})"
        raw = f"IF(E{at}=0,0,MAX({cells}))"
        count = area.statistic("count", torn, label, f"$C{at}")
        mark = Mark(
            desk.section,
            f"{name}·并列让给下一档",
            label,
            "名额减去并列者的位次",
            count,
            len(mine),
            raw,
            mine[0] if mine else 0,
            used,
            carried,
            "界线不因并列而移动",
            area.rows is None,
            "whole",
        )
        desk.mark(mark)
        side[label] = (f"G{at}", carried)
