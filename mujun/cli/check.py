"""`mujun check`: every mistake of every scheme, and of each round's plan of collection, workflow and publication."""

from __future__ import annotations

from mujun.cli.show import console, findings_in_words, show_findings
from mujun.collection import read_collection
from mujun.findings import CannotGoOn, Finding, blocking
from mujun.law import PROGRAMME, Law, load_law
from mujun.scheme import find_scheme, load_round, read_scheme
from mujun.scheme.publication import load_publication
from mujun.workflow import read_workflow


def check(names: list[str]) -> int:
    """Check the named schemes, or everything that comes with the package. Returns the exit code."""
    law = load_law()
    if names:
        paths = [find_scheme(name) for name in names]
    else:
        for folder in sorted(PROGRAMME.glob("*/round.yaml")):
            load_round(folder.parent.name, law)
        paths = sorted(PROGRAMME.glob("*/schemes/*.yaml"))
    unreadable = False
    every: list[Finding] = []
    for path in paths:
        try:
            reading = read_scheme(path, law)
        except CannotGoOn as error:
            unreadable = True
            show_findings(error.findings)
            continue
        every += reading.findings
        show_findings(reading.findings)
        if reading.scheme is not None and not blocking(reading.findings):
            scheme = reading.scheme
            indicators = sum(node.is_indicator for node in scheme.nodes())
            state = f"假设{len(scheme.assumptions)}处，只能试算" if scheme.provisional else "没有假设"
            console.print(
                f"[green]通过[/green] {path.name}  {scheme.label}  {indicators}项指标，{state}",
                soft_wrap=True,
            )
    if not names:
        every += [*_check_collections(law), *_check_workflows(law)]
        unreadable = _check_publications(law) or unreadable
    console.print(f"共检查{len(paths)}个方案、{len(law.instruments)}份文件：{findings_in_words(every)}。")
    return 2 if unreadable else 1 if blocking(every) else 0


def _check_publications(law: Law) -> bool:
    """What each round's lists show. Whether some file is not fit to publish by."""
    wrong = False
    for path in sorted(PROGRAMME.glob("*/publication.yaml")):
        try:
            publication = load_publication(path.parent.name, law)
        except CannotGoOn as error:
            wrong = True
            show_findings(error.findings)
            continue
        assumptions = sum(len(rule.assumptions) for rule in publication.rules.values())
        console.print(
            f"[green]通过[/green] {path.parent.name}/{path.name}  名单公开规则  "
            f"{len(publication.rules)}份名单，假设{assumptions}处",
            soft_wrap=True,
        )
    return wrong


def _check_collections(law: Law) -> list[Finding]:
    """The plans by which rounds collect their data, each against the schemes beside it."""
    every: list[Finding] = []
    for path in sorted(PROGRAMME.glob("*/collection.yaml")):
        reading = read_collection(path.parent.name, law)
        every += reading.findings
        show_findings(reading.findings)
        if reading.plan is not None and not blocking(reading.findings):
            plan = reading.plan
            in_use = sum(one.in_use for one in plan.declared)
            console.print(
                f"[green]通过[/green] {plan.source.file}  {plan.label}  "
                f"{len(plan.details)}种明细，{in_use}条取数规则，{len(plan.every_check)}项校验，假设{len(plan.assumptions)}处",
                soft_wrap=True,
            )
    return every


def _check_workflows(law: Law) -> list[Finding]:
    """The workflow of each round that has one, with its permissions and its working days."""
    every: list[Finding] = []
    for path in sorted(PROGRAMME.glob("*/workflow.yaml")):
        reading = read_workflow(path.parent.name, law)
        every += reading.findings
        show_findings(reading.findings)
        if not blocking(reading.findings):
            workflow = reading.workflow
            years = sorted(workflow.settings.workdays.years)
            console.print(
                f"[green]通过[/green] {path.parent.name}/{path.name}  {workflow.label}  "
                f"{len(workflow.machines)}个状态机，{len(list(workflow.edges))}步，{len(workflow.permissions.actions)}行权限，"
                f"工作日{years[0]}至{years[-1]}年，假设{len(workflow.assumptions)}处",
                soft_wrap=True,
            )
    return every
