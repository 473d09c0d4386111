"""Facts are checked when built: what does not hold together is refused, with every finding. Knows no document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from mujun.findings import CannotGoOn, Finding, Severity

_ALLOWED = {"\n", "\t"}
_REFUSED = {"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"}
"""Unicode's controls, halves of pairs, private and unassigned signs, and the unseen marks that turn text round."""


def fault(message: str, mend: str, code: str = "facts") -> Finding:
    """An error in facts."""
    return Finding(Severity.ERROR, code, message, mend)


@attrs.frozen
class Facts:
    """A frozen class of facts. `problems` says what does not hold; built with problems, it is refused."""

    def __attrs_post_init__(self) -> None:
        findings = [*_unseen_signs(self), *self.problems()]
        if findings:
            raise CannotGoOn(findings)

    def problems(self) -> Iterable[Finding]:
        return ()


def strip_controls(text: str, what: str = "文字") -> tuple[str, list[Finding]]:
    """Text from people without the signs that a document cannot hold, and a finding that says which were taken out.

    Nothing else is changed: `<img onerror=…>` stays what it is, text.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in text if not _unseen(sign))
    gone = sorted({f"U+{ord(sign):04X}" for sign in text if _unseen(sign)})
    if not gone:
        return kept, []
    message = f"{what}里有看不见的控制字符（{'、'.join(gone)}），已去掉。"
    return kept, [Finding(Severity.WARNING, "control_characters", message, "其余文字未动；如与原意不符，请重新填写。")]


def words(parts: Iterable[str]) -> str:
    return "、".join(parts)


def _unseen(sign: str) -> bool:
    return sign not in _ALLOWED and unicodedata.category(sign) in _REFUSED


def _unseen_signs(facts: Any) -> Iterator[Finding]:
    for field in attrs.fields(type(facts)):
        value = getattr(facts, field.name)
        for text in (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ():
            if isinstance(text, str) and any(_unseen(sign) for sign in text):
                found = words(sorted({f"U+{ord(sign):04X}" for sign in text if _unseen(sign)}))
                message = f"“{field.name}”里有看不见的控制字符（{found}）。"
                yield fault(message, "请删去后重新填写。", "control_characters")


def check_stated(what: str, stated: int | None, counted: int, parts: str) -> Iterator[Finding]:
    """A total that is stated must be the one that the rows come to."""
    if stated is not None and stated != counted:
        message = f"{what}写的是{stated}，逐行数出来是{counted}（{parts}）。"
        yield fault(message, "请改正总数或名单；总数由名单数出，可以不写。", "total")


_COUNTED = re.compile(r"(?:共|合计|总计)(?:计|有)?\s*([0-9]+)\s*[家个项名]")


def check_counts_in(text: str, what: str, known: Iterable[int]) -> Iterator[Finding]:
    """A total written inside a sentence must be one that the rows come to as well."""
    known = set(known)
    for match in _COUNTED.finditer(text):
        if int(match[1]) not in known:
            message = f"{what}里写“{match[0]}”，而名单合计没有这个数（{words(map(str, sorted(known)))}）。"
            yield fault(message, "请改正，或删去这句：总数由名单数出。", "total")
