"""`mujun render`, `mujun check-layout`: official documents from files of facts, and the measures of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from mujun.cli.show import console, show_findings
from mujun.documents.content.domain_plan import DomainPlan, PlanOfScheme, domain_plan_of
from mujun.documents.content.facts import fault
from mujun.documents.content.read import read_facts, tell_facts
from mujun.documents.gongwen import Gongwen, write_docx
from mujun.documents.gongwen.check import check_layout
from mujun.documents.gongwen.pdf import find_faces, write_pdf
from mujun.documents.kinds import KINDS
from mujun.documents.samples import specimens
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import load_law
from mujun.scheme import find_scheme, load_round, load_scheme
from mujun.yaml_source import YamlMapping, read_yaml

SAMPLE = "sample"


def render(kind: str, facts: Path | None, out: Path) -> int:
    """Returns the exit code."""
    if kind == SAMPLE:
        return _render_samples(out)
    if kind not in KINDS:
        known = "、".join(f"{name}（{one.label}）" for name, one in KINDS.items())
        raise CannotGoOn(
            [fault(f"没有“{kind}”这种文件。", f"可用：{known}；{SAMPLE} 写出每种一份样本。", "no_such_kind")]
        )
    if facts is None:
        raise CannotGoOn([fault("没有给出事实文件。", f"请写：mujun render {kind} 事实.yaml --out 文件.docx", "usage")])
    if out.suffix.lower() not in {".docx", ".pdf"}:
        message = f"公文写不成“{out.suffix or out.name}”。"
        raise CannotGoOn([fault(message, "请让 --out 以 .docx 或 .pdf 结尾。", "wrong_format")])
    gongwen = KINDS[kind].lay_out(_read(kind, facts))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(write_pdf(gongwen) if out.suffix.lower() == ".pdf" else write_docx(gongwen))
    _tell(out, gongwen)
    return 0


def check(file: Path) -> int:
    """Returns the exit code: 1 if some measure is not what it should be."""
    checked = check_layout(file.read_bytes())
    table = Table(title=escape(f"{file.name}（{checked.form}）"), title_justify="left", box=None, pad_edge=False)
    for head in ("", "项目", "应为", "实为"):
        table.add_column(head, overflow="fold")
    for one in checked.measures:
        sign = "[green]合[/green]" if one.passed else "[red]不合[/red]"
        table.add_row(sign, escape(one.name), escape(one.wanted), escape(one.found))
    console.print(table)
    wrong = len(checked.findings)
    console.print(f"量了{len(checked.measures)}项，" + (f"{wrong}项不合。" if wrong else "全部相合。"))
    return 1 if wrong else 0


def _read(kind: str, path: Path) -> Any:
    value, findings = read_yaml(path)
    if findings:
        raise CannotGoOn(findings)
    if kind == "plan" and isinstance(value, YamlMapping) and "scheme" in value:
        return _plan(value, path.name)
    return read_facts(KINDS[kind].facts, value, path.name)


def _plan(value: YamlMapping, file: str) -> DomainPlan:
    """A plan's facts may name a scheme, and say no more than the year, who sends it, and when it was made."""
    named: PlanOfScheme = read_facts(PlanOfScheme, value, file)
    law = load_law()
    scheme = load_scheme(find_scheme(named.scheme), law)
    return domain_plan_of(scheme, law, named.dispatch, year=named.year, made_on=named.made_on)


def _render_samples(out: Path) -> int:
    law = load_law()
    round_ = load_round("2019", law)
    out.mkdir(parents=True, exist_ok=True)
    try:
        faces = find_faces()
    except CannotGoOn as error:
        faces = None
        show_findings([Finding(Severity.WARNING, one.code, one.message, one.mend) for one in error.findings])
    for one in specimens(round_, law):
        gongwen = KINDS[one.kind].lay_out(one.facts)
        told = json.dumps(tell_facts(one.facts), ensure_ascii=False, indent=2) + "\n"
        (out / f"{one.file}.json").write_text(told, encoding="utf-8")
        (out / f"{one.file}.docx").write_bytes(write_docx(gongwen))
        if faces is not None:
            (out / f"{one.file}.pdf").write_bytes(write_pdf(gongwen, faces))
        console.print(f"{escape(one.file)}  mujun render {one.kind} {escape(one.file)}.json", soft_wrap=True)
    forms = "DOCX、PDF" if faces is not None else "DOCX"
    console.print(f"每种一份写在 {escape(str(out))}：{forms}和事实文件（JSON）。内容虚构，处处标“示例数据”。")
    return 0


def _tell(out: Path, gongwen: Gongwen) -> None:
    marked = f" 〔{'　'.join(gongwen.marks)}〕" if gongwen.marks else ""
    console.print(f"{escape(str(out))}  {escape(gongwen.title)}{escape(marked)}", soft_wrap=True)
