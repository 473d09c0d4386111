"""The clauses that issuing a plan writes: one for each assumption, with its number, the reason, and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from mujun.documents.report.rules import rules_of
from mujun.scheme import Scheme
from mujun.scheme.amend import Assumed, assumed
from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.places import plain
from mujun.web.evidence import kept
from mujun.web.models import Plan
from mujun.web.queries.rules import instrument_id, law_with, read_rules


def clauses_of(plan: Plan) -> list[dict[str, Any]]:
    """As JSON, in the order of the plan's schemes and of each file. `reason` is what a revision opens again."""
    clauses: list[dict[str, Any]] = []
    for name, sha256 in plan.schemes.items():
        text = kept(sha256).decode("utf-8")
        scheme = read_rules(text.encode("utf-8"), name, law_with(plan)).scheme
        says = _says(plan, scheme) if scheme is not None else {}
        within = f"（{scheme.label}）" if scheme is not None and clauses else ""
        for place, one in enumerate(assumed(text), 1):
            fixed = _fixed(one, text, says.get(place, []))
            clauses.append(_clause(len(clauses) + 1, name, one, fixed, within))
    return clauses


def citations(plan: Plan, clauses: list[dict[str, Any]]) -> dict[str, list[str]]:
    """By scheme, what its assumptions in file order will cite."""
    by_scheme: dict[str, list[str]] = {name: [] for name in plan.schemes}
    for clause in clauses:
        by_scheme[clause["scheme"]].append(citation(plan, clause["id"]))
    return by_scheme


def citation(plan: Plan, clause: str) -> str:
    return f"{instrument_id(plan)}#{clause}"


def reasons_by_citation(plan: Plan) -> dict[str, str]:
    """Why each number of an issued plan is what it is, by the citation of its clause."""
    return {citation(plan, one["id"]): one["reason"] for one in plan.clauses}


def _clause(number: int, scheme: str, one: Assumed, says: str, within: str) -> dict[str, Any]:
    reason = one.reason.rstrip("。")
    return {
        "id": str(number),
        "heading": f"第{number}条 {_what(one)}{within}",
        "text": f"{says}。理由：{reason}。" if says else f"{reason}。",
        "scheme": scheme,
        "reason": one.reason,
        "place": "/".join(str(step) for step in one.path),
    }


def _what(one: Assumed) -> str:
    """What the clause fixes."""
    match one.path:
        case ("constants_basis", str(name)):
            return f"常数 {name}"
        case ("tiers", *_):
            return "定档"
        case ("selection", *_):
            return "名额和遴选"
        case ("derive", _, "basis"):
            return f"{one.where}的划分"
        case ("score", *_, "basis"):
            return f"{one.where} 指标"
        case _:
            return one.where


def _fixed(one: Assumed, text: str, says: list[str]) -> str:
    """The number itself, in words. Constants and classes are not among the rules that the report tells."""
    if one.path[0] == "constants_basis":
        constants = parsed(text).get("constants", {})
        return "；".join(f"{name}：{plain(value)}" for name, value in constants.items() if name in one.path)
    return "" if one.path[0] == "derive" else "；".join(says)


def _says(plan: Plan, scheme: Scheme) -> dict[int, list[str]]:
    """What the rules say on the strength of each assumption, by its number in the scheme."""
    found: dict[int, list[str]] = defaultdict(list)
    for number, said in _sentences(plan, scheme):
        if said not in found[number]:
            found[number].append(said)
    return found


def _sentences(plan: Plan, scheme: Scheme) -> Iterator[tuple[int, str]]:
    for ruled in rules_of(scheme, law_with(plan)):
        for sentence in ruled.sentences:
            if sentence.assumption is not None:
                yield sentence.assumption, f"{ruled.what}：{sentence.says}"
