"""Instruments, their clauses, and the basis of every number: a clause, or a declared assumption."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.yaml_source import YamlMapping, read_yaml

PROGRAMME = Path(__file__).parent / "programme"
"""The law as data that comes with the package."""


@frozen
class Clause:
    """One clause, in the words of its instrument."""

    id: str
    heading: str
    text: str


@frozen
class Instrument:
    """A document that rules come from. Without clauses its text is unknown to us: `known` says what is, and whence."""

    id: str
    title: str
    issuer: str
    document_number: str
    text: str
    known: str
    source: str
    clauses: Mapping[str, Clause] = field(factory=dict)


@frozen
class Basis:
    """Why a number is what it is: `clause` cites `<instrument>#<clause>`, `assumption` says why we chose it
    ourselves.
    """

    clause: str = ""
    assumption: str = ""

    @property
    def assumed(self) -> bool:
        return not self.clause

    def __str__(self) -> str:
        return f"依据 {self.clause}" if self.clause else f"假设：{self.assumption}"


class Law:
    """All instruments at hand, to resolve citations."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self.instruments = dict(instruments)

    def resolve(self, citation: str) -> Clause | None:
        """The clause that `zhe-mujunban-2019-4#2.3` names, or None."""
        instrument, _, clause = citation.partition("#")
        return self.instruments[instrument].clauses.get(clause) if instrument in self.instruments else None

    def cite(self, citation: str) -> str:
        """A citation for people: 浙亩均办〔2019〕4号 二（六）制造业…."""
        clause = self.resolve(citation)
        if clause is None:
            return citation
        instrument = self.instruments[citation.partition("#")[0]]
        name = instrument.document_number or f"《{instrument.title}》"
        return f"{name}{_chapter(clause.id)}{(clause.heading or clause.id).rstrip('。')}"


def _chapter(clause_id: str) -> str:
    """What stands before （六） in 二（六）: clause 2.6 lies in chapter 二."""
    chapter, _, section = clause_id.partition(".")
    return _NUMERALS[int(chapter)] if section.isdigit() and chapter.isdigit() and int(chapter) < len(_NUMERALS) else ""


_NUMERALS = "〇一二三四五六七八九十"


def load_law(folder: Path = PROGRAMME / "instruments") -> Law:
    """Read every instrument file of a folder. Raises CannotGoOn with everything wrong in all of them."""
    instruments: dict[str, Instrument] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yaml")):
        data, problems = read_yaml(path)
        findings += problems
        if not isinstance(data, YamlMapping) or "instrument" not in data or "title" not in data:
            message = "文件须有 instrument 和 title。"
            findings.append(Finding(Severity.ERROR, "bad_instrument", message, file=path.name, line=1))
            continue
        instruments[str(data["instrument"])] = _instrument(data)
    if findings:
        raise CannotGoOn(findings)
    return Law(instruments)


def _instrument(data: YamlMapping) -> Instrument:
    def text(key: str) -> str:
        return "" if data.get(key) is None else str(data[key])

    clauses = [
        Clause(str(item["id"]), str(item.get("heading") or ""), str(item.get("text") or ""))
        for item in data.get("clauses") or []
    ]
    return Instrument(
        id=text("instrument"),
        title=text("title"),
        issuer=text("issuer"),
        document_number=text("document_number"),
        text=text("text"),
        known=text("known"),
        source=text("source"),
        clauses={clause.id: clause for clause in clauses},
    )
