"""What the office decided about publishing, as clauses: the rules of publication of the round, resting on the notice.

A plan turns the assumptions of its scheme into clauses; the notice does the same for `publication.yaml`. Its clauses
say what each open question was answered with, and on what basis the office publishes a list or does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from mujun.law import PROGRAMME, Clause
from mujun.scheme import Round as ProgrammeRound
from mujun.scheme.amend import amend, assumed
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.publication import FILE
from mujun.web.models import Round
from mujun.web.programme import programme_round

Scope = Mapping[str, Mapping[str, Any]]
_ORDERS = {"rank": "按名次排", "place": "按所在地、再按名称排，注明“排名不分先后”"}


@frozen
class NoticeRules:
    """`text` is publication.yaml without an assumption; `clauses` are what it rests on."""

    instrument: str
    text: str
    clauses: tuple[Clause, ...]


def notice_id(round_: Round, number: int) -> str:
    return f"notice-{round_.year}-{number}"


def notice_rules(round_: Round, number: int, scope: Scope, day: date) -> NoticeRules:
    """From the programme's draft and the answers of the notice's form (by domain: `publish`, `why`)."""
    text = (PROGRAMME / round_.programme / FILE).read_text(encoding="utf-8")
    domains = _domains(programme_round(round_.programme))
    instrument = notice_id(round_, number)
    clauses: list[Clause] = []
    changes: dict[tuple[str | int, ...], Any] = {}
    for path, heading, says in _questions(text, domains, scope):
        clause = Clause(str(len(clauses) + 1), f"第{len(clauses) + 1}条 {heading}", says)
        clauses.append(clause)
        changes[path] = {"clause": f"{instrument}#{clause.id}"}
    for place, entry in enumerate(parsed(text)["lists"]):
        told = scope.get(domains.get(str(entry["scheme"]), ""), {})
        if not told.get("publish", True):
            changes[("lists", place, "published")] = False
    heading = f"# {round_.year}年第{number}号公示写明，{day.year}年{day.month}月{day.day}日。其余注释是拟稿时写的。"
    return NoticeRules(instrument, f"{heading}\n{amend(text, changes)}", tuple(clauses))


def _domains(programme: ProgrammeRound) -> dict[str, str]:
    """By scheme: its domain."""
    return {scheme: one.id for one in programme.domains for scheme in one.schemes}


def _questions(text: str, domains: Mapping[str, str], scope: Scope) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Where a basis stands, what it is about, what the notice says of it."""
    data = parsed(text)
    open_ones = {one.path: one.reason.rstrip("。") for one in assumed(text)}
    if ("strengths", "basis") in open_ones:
        yield (
            ("strengths", "basis"),
            "突出之处",
            _says(f"每个至多写{data['strengths']['most']}项", open_ones, ("strengths", "basis")),
        )
    for place, entry in enumerate(data["lists"]):
        told = scope.get(domains.get(str(entry["scheme"]), ""), {})
        publish, why = bool(told.get("publish", True)), str(told.get("why", "")).strip().rstrip("。")
        label = _label(entry)
        if ("lists", place, "basis") in open_ones or not publish:
            says = f"{'公布' if publish else '不公布'}{label}名单。"
            yield ("lists", place, "basis"), f"{label}名单", says + (f"依据：{why}。" if why else "")
        if ("lists", place, "order_basis") in open_ones:
            says = _says(_ORDERS[entry["order"]], open_ones, ("lists", place, "order_basis"))
            yield ("lists", place, "order_basis"), f"{label}名单的次序", says
        for number, column in enumerate(entry["columns"]):
            path = ("lists", place, "columns", number, "basis")
            if path in open_ones:
                says = _says(f"列出“{column['label']}”", open_ones, path)
                yield path, f"{label}名单的“{column['label']}”一列", says


def _says(what: str, reasons: Mapping[tuple[str | int, ...], str], path: tuple[str | int, ...]) -> str:
    return f"{what}。理由：{reasons[path]}。"


def _label(entry: Mapping[str, Any]) -> str:
    """How people call what the list is of: the label of its first column."""
    return str(entry["columns"][0]["label"])
