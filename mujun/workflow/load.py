"""Read workflow.yaml and everything it leans on, gathering everything wrong with it. Decides nothing."""

from __future__ import annotations

from pathlib import Path as FilePath

from attrs import frozen

from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.law import PROGRAMME, Law
from mujun.scheme.assumptions import assumptions_of
from mujun.scheme.fields import Fields, Source, one_of
from mujun.scheme.round import load_round
from mujun.workflow.calendar import read_workdays
from mujun.workflow.model import Path, Workflow
from mujun.workflow.read_machine import needed_basis, read_machine
from mujun.workflow.read_permissions import read_permissions
from mujun.workflow.read_settings import read_settings
from mujun.workflow.states import MACHINES
from mujun.yaml_source import read_yaml

FILE = "workflow.yaml"


@frozen(eq=False)
class WorkflowReading:
    """What came of reading a workflow. It is usable only if none of the findings blocks."""

    workflow: Workflow
    findings: tuple[Finding, ...]


def load_workflow(name: str, law: Law, root: FilePath = PROGRAMME) -> Workflow:
    """The workflow of the round `2019`. Raises CannotGoOn with every finding when it is not fit to go by."""
    reading = read_workflow(name, law, root)
    if blocking(reading.findings):
        raise CannotGoOn(reading.findings)
    return reading.workflow


def read_workflow(name: str, law: Law, root: FilePath = PROGRAMME) -> WorkflowReading:
    """Read a round's workflow, permissions and working days. Raises CannotGoOn only when one cannot be read at all."""
    if not (root / name / FILE).exists():
        known = "、".join(sorted(one.parent.name for one in root.glob(f"*/{FILE}")))
        message = f"“{name}”没有工作流程（{FILE}）。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_workflow", message, f"有流程的年度：{known}。")])
    data, findings = read_yaml(root / name / FILE)
    source = Source(f"{name}/{FILE}", law, findings)
    fields = Fields.of(source, data, 1, "工作流程")
    matrix = read_permissions(name, law, root)
    round_ = load_round(name, law, root)
    domains = [domain.id for domain in round_.domains]
    if fields.text("round", name) != name:
        fields.error("round", "wrong_round", f"这是“{name}”的文件。", "请改成文件夹的名字。")
    needed_basis(fields, "工作流程")
    workdays, wrong_days = read_workdays(name, root)
    settings = read_settings(fields, matrix.permissions.house.first_domain, workdays)
    paths = _paths(fields, domains)
    machines = {}
    for item in fields.items("machines", "状态机"):
        machine = read_machine(
            item, settings, matrix.permissions, paths=tuple(paths), domains=tuple(domains), calendar=round_.calendar
        )
        if machine.id in machines:
            item.error("id", "duplicate_name", f"有两个状态机叫“{machine.id}”。", "请合并。")
        machines[machine.id] = machine
    for missing in [one for one in MACHINES if one not in machines]:
        fields.error("machines", "missing_machine", f"没有状态机“{missing}”。", "请补上。")
    _once(fields, [(edge.id, edge.line) for machine in machines.values() for edge in machine.edges])
    label = fields.text("label")
    fields.done()
    every = sorted([*findings, *matrix.findings, *wrong_days], key=lambda one: (one.file, one.line or 0))
    assumptions = tuple(assumptions_of(fields.mapping))
    return WorkflowReading(
        Workflow(name, label, machines, paths, settings, matrix.permissions, assumptions), tuple(every)
    )


def _once(fields: Fields, edges: list[tuple[str, int]]) -> None:
    seen: dict[str, int] = {}
    for name, line in edges:
        if name in seen:
            message = f"有两步都叫“{name}”（第{seen[name]}行已有）。"
            fields.source.error(line, "duplicate_name", message, "请换一个 id。")
        seen.setdefault(name, line)


def _paths(fields: Fields, domains: list[str]) -> dict[str, Path]:
    paths: dict[str, Path] = {}
    taken: dict[str, str] = {}
    for item in fields.items("paths", "数据的走法"):
        basis = needed_basis(item, "数据的走法")
        path = Path(item.text("id"), item.text("label"), item.texts("domains"), basis)
        for domain in path.domains:
            if domain not in domains:
                item.error("domains", "unknown_domain", f"没有领域“{domain}”。", one_of(domains))
            if domain in taken:
                item.error("domains", "duplicate_name", f"领域“{domain}”已走“{taken[domain]}”。", "请只留一处。")
            taken[domain] = path.id
        paths[path.id] = path
        item.done()
    for domain in [one for one in domains if one not in taken]:
        fields.error("paths", "missing_path", f"没有写领域“{domain}”的数据怎么走。", "请补上。")
    return paths
