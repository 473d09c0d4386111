"""Which words are declared for text columns: those a scheme compares or sorts, those a derivation rule counts by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mujun.collection import CollectionPlan
from mujun.collection.model import Method, NetLand, SignedSum
from mujun.scheme.expression import Column, Comparison, Expression, Kind, Membership, Text, walk
from mujun.scheme.model import Choose, Classify, Computed, Scheme


def known_words(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """By variable id, in the scheme's order. Prefixes of codes are no words."""
    found: dict[str, dict[str, None]] = {}
    for column in scheme.derived:
        if isinstance(column, Classify) and not _are_codes(column):
            words = found.setdefault(column.of.name, {})
            words.update(dict.fromkeys(_class_words(column)))
    classified = set(found)
    for expression in _expressions(scheme):
        for variable, word in _compared(expression):
            if variable not in classified:
                found.setdefault(variable, {})[word] = None
    return {name: tuple(words) for name, words in found.items() if name in scheme.variables}


def detail_words(plan: CollectionPlan, scheme: Scheme, table: str) -> Mapping[str, tuple[str, ...]]:
    """Of a detail, by column: kinds of land, components of tax, carriers of energy, as its rules count them."""
    found: dict[str, dict[str, None]] = {}
    for one in plan.derivations(scheme):
        for name, words in _counted(one.method) if one.detail == table else ():
            found.setdefault(name, {}).update(dict.fromkeys(words))
    return {name: tuple(words) for name, words in found.items() if name}


def _counted(method: Method) -> Iterator[tuple[str, Iterable[str]]]:
    if isinstance(method, NetLand):
        yield method.kind, method.kinds
    elif isinstance(method, SignedSum):
        yield method.component, method.components
    else:
        yield method.item, method.table.items
        yield method.measure, [coefficient.unit_text for coefficient in method.table.items.values()]


def _are_codes(column: Classify) -> bool:
    return any(prefix.isascii() for prefixes in column.classes.values() for prefix in prefixes)


def _class_words(column: Classify) -> Iterator[str]:
    """The class's own name where it would be sorted right, else the prefixes."""
    for name, prefixes in column.classes.items():
        yield from [name] if name.startswith(prefixes) else prefixes


def _expressions(scheme: Scheme) -> Iterator[Expression]:
    for column in scheme.derived:
        if isinstance(column, Choose):
            yield from (condition for condition, _ in column.choices)
        elif isinstance(column, Computed):
            yield column.expression
    for rule in (*scheme.eligibility, *scheme.exemptions, *scheme.vetoes, *scheme.adjustments):
        yield rule.when


def _compared(expression: Expression) -> Iterator[tuple[str, str]]:
    for part in walk(expression):
        if isinstance(part, Comparison) and part.kind is Kind.TEXT:
            for one, other in ((part.left, part.right), (part.right, part.left)):
                if isinstance(one, Column) and isinstance(other, Text):
                    yield one.name, other.value
        elif isinstance(part, Membership) and part.kind is Kind.TEXT and isinstance(part.item, Column):
            yield from ((part.item.name, value.value) for value in part.values if isinstance(value, Text))
