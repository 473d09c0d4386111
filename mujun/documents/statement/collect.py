"""Make a statement of the walks of a unit's values through the store. Copies facts, works nothing out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mujun.documents.statement.content import NOTHING, Earlier, Item, Part, Section, Source, Statement
from mujun.intake.cells import address
from mujun.law import Law
from mujun.rounding import shortest
from mujun.scheme.expression import Kind
from mujun.scheme.model import Scheme, Variable
from mujun.store.trace import Given, Sighting, Walk

_METHODS = {"NetLand": "登记用地＋承租－出租", "SignedSum": "各项带符号相加", "Coefficients": "数量×系数相加"}
_DAY = len("2019-04-09")


def collect_statement(
    walks: Iterable[Walk],
    scheme: Scheme,
    *,
    round_title: str,
    made_on: date,
    deadline: date | None = None,
    contact: str = "",
    return_to: str = "",
    silence: str = "",
    mark: str = "",
    law: Law | None = None,
) -> Statement:
    """`walks` are of one unit, one for each variable; offices come in the scheme's order."""
    walks = list(walks)
    first = walks[0]
    if {(walk.unit, walk.sealed) for walk in walks} != {(first.unit, first.sealed)}:
        raise ValueError("walks of several units or datasets in one statement")
    by_office: dict[str, list[Item]] = {}
    by_variable = {walk.variable: walk for walk in walks}
    for variable in scheme.variables.values():
        if variable.id in by_variable:
            by_office.setdefault(variable.source, []).append(_item(by_variable[variable.id], variable, law))
    return Statement(
        round_title=round_title,
        scheme_label=scheme.label,
        unit_label=scheme.unit_label,
        key=first.unit,
        name=first.name,
        sections=tuple(Section(office, tuple(items)) for office, items in by_office.items()),
        made_on=made_on,
        deadline=deadline,
        contact=contact,
        return_to=return_to,
        silence=silence,
        mark=mark or ("试算" if scheme.provisional else ""),
        dataset=first.sealed,
        together_with=tuple(one for one in first.members if one != first.unit),
    )


def _item(walk: Walk, variable: Variable, law: Law | None) -> Item:
    used = next((seen for seen in walk.sightings if seen.standing == "holds"), None)
    rest = tuple(
        Earlier(_text(seen), _source(seen), seen.standing == "later") for seen in walk.sightings if seen != used
    )
    if walk.members and walk.rule is None:
        used, rest = None, ()  # several units taken together: each one's report is a part
    unit_text = variable.unit_text if variable.kind is Kind.NUMBER else ""
    return Item(
        label=variable.label,
        value=_value(walk.value),
        unit_text=unit_text,
        source=None if used is None else _source(used),
        earlier=rest,
        rule=_rule(walk, law),
        parts=tuple(_part(given) for given in walk.given) or _reports(walk),
        notes=_notes(walk, variable, used),
        is_number=variable.kind is Kind.NUMBER,
    )


def _rule(walk: Walk, law: Law | None) -> str:
    if walk.rule is None:
        return f"与合并评价的{len(walk.members)}家一起计" if walk.members else ""
    clause, assumption = str(walk.rule["clause"]), str(walk.rule["assumption"])
    cited = (law.cite(clause) if law is not None else clause) if clause else ""
    basis = f"依据{cited}" if clause else f"假设：{assumption}"
    method = _METHODS.get(str(walk.rule["method"]), str(walk.rule["method"]))
    return f"由明细“{walk.rule['detail']}”算出：{method}（{basis}）"


def _reports(walk: Walk) -> tuple[Part, ...]:
    if not walk.members or walk.rule is not None:
        return ()
    held = [seen for seen in walk.sightings if seen.standing == "holds"]
    return tuple(Part("", _text(seen), "", _text(seen), (_source(seen),)) for seen in held)


def _part(given: Given) -> Part:
    held = [seen for seen in given.sightings if seen.standing == "holds"]
    sources = dict.fromkeys(_source(seen) for seen in held)
    return Part(given.record, given.quantity, given.factor, given.amount, tuple(sources))


def _notes(walk: Walk, variable: Variable, used: Sighting | None) -> tuple[str, ...]:
    notes = [f"{waiver['why']}（{waiver['who']}核准）" for seen in walk.sightings for waiver in seen.waivers]
    if walk.value is None and walk.rule is None:
        said = "没有部门报过这个数" if used is None else "报来的这一格是空的"
        notes.append(f"{said}，按评价方案的缺失规则处理")
    elif used is None and walk.rule is None and not walk.members and variable.default is not None:
        notes.append("没有填报，按方案的默认值计")
    return tuple(dict.fromkeys(notes))


def _source(seen: Sighting) -> Source:
    cell = "!".join(part for part in (seen.sheet, address(seen.row, seen.column)) if part)
    return Source(seen.source, seen.file, cell, seen.at[:_DAY], seen.by)


def _text(seen: Sighting) -> str:
    return NOTHING if seen.value is None else seen.value


def _value(value: object) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    return shortest(value) if isinstance(value, float) else str(value)
