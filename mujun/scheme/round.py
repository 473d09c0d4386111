"""A round: one year of the programme, its domains and the schemes each is evaluated by. Reads round.yaml."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import PROGRAMME, Law
from mujun.yaml_source import YamlMapping, read_yaml


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
    for item in data.get("domains") or []:
        clause = str(item.get("clause", ""))
        if law.resolve(clause) is None:
            message = f"领域“{item.get('label')}”引用的条款“{clause}”不存在。"
            line = item.line if isinstance(item, YamlMapping) else None
            findings.append(Finding(Severity.ERROR, "unknown_clause", message, file="round.yaml", line=line))
        schemes = tuple(str(scheme) for scheme in item.get("schemes") or [item["id"]])
        domains.append(Domain(str(item["id"]), str(item["label"]), str(item["lead_agency"]), clause, schemes))
    if findings:
        raise CannotGoOn(findings)
    return Round(name, str(data.get("title", name)), tuple(domains), folder)
