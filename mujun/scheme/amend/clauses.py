"""Put a clause in the place of each assumption when a plan is issued, and back when it is revised. Issues nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from mujun.scheme.amend.parsed import parsed
from mujun.scheme.amend.splice import Path, amend
from mujun.scheme.assumptions import assumptions_of


@frozen
class Assumed:
    """An assumption of a rule file: what it is about (`亩均税收 权重`), why, and where its basis stands."""

    where: str
    reason: str
    path: Path


def assumed(text: str) -> tuple[Assumed, ...]:
    """In file order, as `Scheme.assumptions` lists them."""
    value = parsed(text)
    told = assumptions_of(value)
    places = list(_assumptions(value, ()))
    assert len(told) == len(places), "both walk the same file"
    return tuple(
        Assumed(where.removesuffix(f"：{reason}"), reason, path)
        for where, (path, reason) in zip(told, places, strict=True)
    )


def cite_clauses(text: str, citations: Sequence[str], heading: str) -> str:
    """The rules as issued: the n-th assumption rests on the n-th citation, and the first line says when that was."""
    found = assumed(text)
    changes = {one.path: {"clause": citation} for one, citation in zip(found, citations, strict=True)}
    return f"# {heading}\n{amend(text, changes)}"


def assume_again(text: str, reasons: Mapping[str, str]) -> str:
    """A draft from issued rules: what rests on a clause in `reasons` is open once more, for the reason it gave."""
    cited = _cited(parsed(text), ())
    changes = {path: {"assumption": reasons[clause]} for path, clause in cited if clause in reasons}
    return amend(text.partition("\n")[2], changes) if text.startswith(ISSUED) else amend(text, changes)


ISSUED = "# 已印发"
"""How the first line of issued rules begins."""


def _assumptions(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Where each `{assumption: …}` stands, in the order of the file."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "assumption" and isinstance(item, str):
                yield path, item
            else:
                yield from _assumptions(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _assumptions(item, (*path, number))


def _cited(value: Any, path: Path) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    if isinstance(value, dict):
        if set(value) == {"clause"}:
            return [(path, str(value["clause"]))]
        for key, item in value.items():
            found += _cited(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found += _cited(item, (*path, number))
    return found
