"""A round: one year of the programme, its domains and the schemes each is evaluated by. Reads round.yaml."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import PROGRAMME, Law
from mujun.yaml_source import YamlMapping, YamlSequence, read_yaml


@frozen
class Domain:
    """One of the round's domains, in the notice's order."""

    id: str
    label: str
    lead_agency: str
    clause: str
    schemes: tuple[str, ...]


@frozen
class Round:
    """One year of the programme. `folder` holds its schemes/ and examples/."""

    id: str
    title: str
    domains: tuple[Domain, ...]
    folder: Path
    calendar: tuple[str, ...] = ()
    """The ids of its steps (clause 3 of the notice)."""

    def scheme_file(self, scheme: str) -> Path:
        return self.folder / "schemes" / f"{scheme}.yaml"


def load_round(name: str, law: Law, root: Path = PROGRAMME) -> Round:
    """The round `2019`. Raises CannotGoOn when there is none, or its file cites clauses that do not exist."""
    folder = root / name
    if not (folder / "round.yaml").exists():
        known = "、".join(sorted(path.parent.name for path in root.glob("*/round.yaml")))
        raise CannotGoOn([Finding(Severity.ERROR, "no_such_round", f"没有“{name}”年度。", f"可用：{known}。")])
    data, findings = read_yaml(folder / "round.yaml")
    domains = []
    for item, line in _domains(data, findings):
        lacking = [key for key in ("id", "label", "lead_agency") if item.get(key) is None]
        if lacking:
            message = f"领域缺少“{'”“'.join(lacking)}”。"
            findings.append(Finding(Severity.ERROR, "missing_key", message, "请补上。", file="round.yaml", line=line))
            continue
        clause = str(item.get("clause", ""))
        if law.resolve(clause) is None:
            message = f"领域“{item.get('label')}”引用的条款“{clause}”不存在。"
            findings.append(Finding(Severity.ERROR, "unknown_clause", message, file="round.yaml", line=line))
        listed = item.get("schemes")
        schemes = tuple(str(scheme) for scheme in listed) if isinstance(listed, YamlSequence) else (str(item["id"]),)
        domains.append(Domain(str(item["id"]), str(item["label"]), str(item["lead_agency"]), clause, schemes))
    if findings:
        raise CannotGoOn(findings)
    return Round(name, str(data.get("title", name)), tuple(domains), folder, _calendar(data))


def _calendar(data: object) -> tuple[str, ...]:
    steps = data.get("calendar") if isinstance(data, YamlMapping) else None
    steps = steps if isinstance(steps, YamlSequence) else []
    return tuple(str(one["id"]) for one in steps if isinstance(one, YamlMapping) and "id" in one)


def _domains(data: object, findings: list[Finding]) -> list[tuple[YamlMapping, int]]:
    """The domains with their lines; what is none is a finding."""
    listed = data.get("domains") if isinstance(data, YamlMapping) else None
    if listed is None:
        return []
    items = list(zip(listed, listed.lines, strict=True)) if isinstance(listed, YamlSequence) else [(listed, 1)]
    for _, line in [one for one in items if not isinstance(one[0], YamlMapping)]:
        message = "领域（domains）须是一列“键: 值”。"
        findings.append(
            Finding(Severity.ERROR, "wrong_kind", message, "请照别的领域改写。", file="round.yaml", line=line)
        )
    return [(item, line) for item, line in items if isinstance(item, YamlMapping)]
