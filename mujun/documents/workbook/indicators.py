"""One node of the score tree: value, impute, treat, normalise, missing, precision, in this order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mujun.documents.workbook.aggregates import put_aggregate
from mujun.documents.workbook.cells import NO, SLACK, YES, Column, all_of, any_of, literal, text
from mujun.documents.workbook.desk import Desk, Formula
from mujun.documents.workbook.families import statistic_family
from mujun.documents.workbook.meaning import Row, worth
from mujun.documents.workbook.steps import Values, Work, clipped, put_steps
from mujun.engine.impute import BEFORE_IMPUTE, BEFORE_TREAT
from mujun.scheme.expression import split_ratio
from mujun.scheme.model import BenchmarkRatio, Clip, MinMax, Node, Statistic, Step


def put_node(desk: Desk, node: Node, rows: list[Row]) -> None:
    """The node's columns, after those of all below it."""
    for child in node.children:
        desk.parents[child.id] = node.id
        put_node(desk, child, rows)
    desk.section = node.label
    root = node is desk.scheme.root
    work = _indicator(desk, node, rows) if node.is_indicator else put_aggregate(desk, node, root)
    desk.values[node.id] = (work.column, work.values)
    if node.is_indicator:
        _impute(work)
        _treat(work)
    before = work.column, work.values
    imputed = work.column
    put_steps(work, node.normalise)
    normalised = work.column, work.values
    for also in node.also:
        further = Work(desk, node, also.id, also.id, *before, work.own, work.own_values, work.ratio)
        put_steps(further, also.normalise)
        _put_score(desk, also.id, f"{also.id}（不计入）", further.column, also.precision)
    work.column, work.values = normalised
    _settle(work, root, imputed)


def _indicator(desk: Desk, node: Node, rows: list[Row]) -> Work:
    expression = node.expression
    assert expression is not None
    unit_text = f"（{node.unit_text}）" if node.unit_text else ""

    def formula(unit: int, row: int) -> str:
        return f'IF({desk.exists(node, row)},{desk.language.value(expression, row)},"")'

    values = desk.get(f"value:{node.id}")
    note = f"{node.formula}；{desk.basis(node.basis)}"
    column = desk.add(f"{node.label}{unit_text}", formula, values, note=note)
    own = column if node.impute is not None else None
    return Work(desk, node, node.id, node.label, column, values, own, values, _ratio(desk, node, column, rows))


def _ratio(desk: Desk, node: Node, column: Column, rows: list[Row]) -> tuple[Column, Column] | None:
    """Numerator and denominator, where a ratio of sums is asked for; only of units whose own ratio is there."""
    asked = [*node.normalise, *(step for also in node.also for step in also.normalise)]
    if not any(level.name == "ratio_of_sums" for step in asked for level in statistics_in(step)):
        return None
    assert node.expression is not None
    parts = split_ratio(node.expression)
    assert parts is not None
    values, made = desk.get(f"value:{node.id}"), []
    for head, part in zip(("分子", "分母"), parts, strict=True):
        shown = [None if value is None else worth(part, row) for value, row in zip(values, rows, strict=True)]

        def formula(unit: int, row: int, part: object = part) -> str:
            return f'IF({column.cell(row)}="","",{desk.language.value(part, row)})'  # type: ignore[arg-type]

        made.append(desk.add(f"{node.label}·{head}", formula, shown, helper=True, note="计入合计之比"))
    return made[0], made[1]


def statistics_in(step: Step) -> list[Statistic]:
    """This round's statistics of a step."""
    levels = [step.benchmark] if isinstance(step, BenchmarkRatio) else []
    levels += [step.low, step.high] if isinstance(step, MinMax) else []
    return [level for level in levels if isinstance(level, Statistic) and not level.previous]


def _impute(work: Work) -> None:
    node, desk, column, values = work.node, work.desk, work.column, work.values
    rule = node.impute
    if rule is None:
        return
    exists = desk.here[node.id][1]
    if rule.method == "value":
        assert rule.value is not None
        shown, number = literal(rule.value), float(rule.value)
        fills: list[float | None] = [number] * desk.size

        def fill(unit: int, row: int) -> str:
            return shown
    else:
        family = statistic_family(
            desk,
            node.id,
            node.label,
            BEFORE_IMPUTE,
            "插补",
            f"impute_{rule.method}",
            column,
            rule.by,
            desk.basis(node.missing_basis, node.basis),
            kind=rule.method,
        )
        fills = [family.of(unit) for unit in range(desk.size)]

        def fill(unit: int, row: int) -> str:
            return f'IFERROR({family.cell(unit, row)},"")'

    def formula(unit: int, row: int) -> str:
        cell = column.cell(row)
        return f'IF({cell}<>"",{cell},IF({desk.exists(node, row)},{fill(unit, row)},""))'

    made = [
        value if value is not None else filling if here else None
        for value, filling, here in zip(values, fills, exists, strict=True)
    ]
    work.go_on("插补后", formula, made)


def _treat(work: Work) -> None:
    rule, desk, column, values = work.node.treat, work.desk, work.column, work.values
    if rule is None:
        return
    if isinstance(rule, Clip):
        low, high = rule.low, rule.high

        def formula(unit: int, row: int) -> str:
            cell = column.cell(row)
            inner = cell if low is None else f"MAX({literal(low)},{cell})"
            return f'IF({cell}="","",{inner if high is None else f"MIN({literal(high)},{inner})"})'

        work.go_on("截尾后", formula, [clipped(value, low, high) for value in values])
        return
    counted = work.counted()
    sides = []
    for name, q in (("winsorise_lower", rule.lower), ("winsorise_upper", rule.upper)):
        family = statistic_family(
            desk, work.node.id, work.label, BEFORE_TREAT, "缩尾", name, counted, None, work.basis, kind="quantile", q=q
        )
        sides.append(family)
    lower, upper = sides

    def winsorised(unit: int, row: int) -> str:
        cell, least, most = column.cell(row), lower.cell(unit, row), upper.cell(unit, row)
        return f'IF({cell}="","",IF(COUNT({least},{most})<2,{cell},MIN({most},MAX({least},{cell}))))'

    made = []
    for unit, value in enumerate(values):
        least, most = lower.of(unit), upper.of(unit)
        made.append(value if value is None or least is None or most is None else min(most, max(least, value)))
    work.go_on("缩尾后", winsorised, made)


def _settle(work: Work, root: bool, imputed: Column) -> None:
    """The missing rule, then the node's precision; for the root the unrounded score first."""
    desk, node = work.desk, work.node
    blocked, normalised = _blocked_below(desk, node), work.column
    score, values = _filled(work, blocked)
    if root:
        desk.scores[""] = (score, values)
        column = score
    else:
        column = _put_score(desk, node.id, f"{node.label}·得分", score, node.precision)
    desk.scores[node.id] = (column, desk.get(f"score:{node.id}"))
    desk.blocked[node.id] = _blocks(desk, node, column, blocked)
    desk.node_marks[node.id] = lambda row: list(_marks(desk, node, imputed, normalised, column, blocked, row))


def _marks(
    desk: Desk, node: Node, imputed: Column, normalised: Column, score: Column, blocked: Formula | None, row: int
) -> Iterator[tuple[str, str]]:
    """插补, then what became of a missing score."""
    exists, gone = desk.exists(node, row), f'{score.cell(row)}=""'
    free = f"NOT({blocked(0, row)})" if blocked is not None else "TRUE"
    if node.impute is not None:
        value = desk.values[node.id][0]
        yield "插补", all_of(exists, f'{value.cell(row)}=""', f'{imputed.cell(row)}<>""')
    if node.missing.rule in ("zero", "group_mean", "mean_by"):
        yield "赋分", all_of(exists, f'{normalised.cell(row)}=""', f'{score.cell(row)}<>""')
    if node.missing.rule in ("skip", "group_mean", "mean_by"):
        yield "跳过", all_of(exists, gone, free)
    if node.applies is not None:
        above = desk.here[desk.parents.get(node.id, "")][0]
        yield "不适用", all_of(f"{above.cell(row)}={text(YES)}", f"{desk.here[node.id][0].cell(row)}={text(NO)}")
    if node.missing.rule == "error":
        yield "缺数", all_of(exists, gone, free)
    if node.missing.rule == "exclude":
        yield "不定等级", all_of(exists, gone, free)


def _filled(work: Work, blocked: Formula | None) -> tuple[Column, Values]:
    desk, node, column, values = work.desk, work.node, work.column, work.values
    rule = node.missing
    if rule.rule not in ("zero", "group_mean", "mean_by"):
        return column, values
    fills: list[float | None] = [0.0] * desk.size
    basis = desk.basis(node.missing_basis, node.basis)

    def fill(unit: int, row: int) -> str:
        return "0"

    if rule.rule != "zero":
        counted = work.counted()
        family = statistic_family(
            desk,
            node.id,
            node.label,
            len(node.normalise),
            "缺数赋分",
            "mean_score",
            counted,
            rule.by,
            basis,
            kind="mean",
        )
        fills = [family.of(unit) for unit in range(desk.size)]

        def fill(unit: int, row: int) -> str:
            return f'IFERROR({family.cell(unit, row)},"")'

    def formula(unit: int, row: int) -> str:
        cell, gap = column.cell(row), desk.exists(node, row)
        if blocked is not None:
            gap = all_of(gap, f"NOT({blocked(unit, row)})")
        return f'IF({cell}<>"",{cell},IF({gap},{fill(unit, row)},""))'

    filled = {1}  # Status.FILLED
    statuses = desk.get(f"status:{node.id}")
    made = [
        value if value is not None else filling if status in filled else None
        for value, filling, status in zip(values, fills, statuses, strict=True)
    ]
    return desk.add(f"{node.label}·补缺后", formula, made, note=basis), made


def _put_score(desk: Desk, id: str, head: str, column: Column, precision: int | None) -> Column:
    """The score at the node's precision."""
    values = desk.get(f"score:{id}")

    def formula(unit: int, row: int) -> str:
        cell = column.cell(row)
        if precision is None:
            return f'IF({cell}="","",{cell})'
        return f'IF({cell}="","",ROUND({cell}*(1+{SLACK}),{precision}))'

    note = "" if precision is None else f"四舍五入到{precision}位"
    return desk.add(head, formula, values, note=note, style="score" if precision is None else f"fixed:{precision}")


def _blocked_below(desk: Desk, node: Node) -> Formula | None:
    below = [blocked for child in node.children if (blocked := desk.blocked[child.id]) is not None]
    if not below:
        return None
    return lambda unit, row: any_of(*(blocked(unit, row) for blocked in below))


def _blocks(desk: Desk, node: Node, score: Column, below: Formula | None) -> Formula | None:
    """Where the node and so all above it lack a score under `error` or `exclude`."""
    own = node.missing.rule in ("error", "exclude")
    if not own and below is None:
        return None

    def formula(unit: int, row: int) -> str:
        lacking = all_of(desk.exists(node, row), f'{score.cell(row)}=""')
        if own:  # what is blocked below has no score here either
            return lacking
        assert below is not None
        return all_of(desk.exists(node, row), below(unit, row))

    if node.is_indicator:
        return formula
    statuses = desk.get(f"status:{node.id}")
    shown: Sequence[str] = [YES if status in (4, 5, 6) else NO for status in statuses]

    def marked(unit: int, row: int) -> str:
        return f"IF({formula(unit, row)},{text(YES)},{text(NO)})"

    column = desk.add(f"{node.label}·缺数不能计分", marked, shown, style="text", helper=True)
    return lambda unit, row: f"{column.cell(row)}={text(YES)}"
