"""A domain's plan (具体方案), from the scheme's facts to a document: each rule beside its clause or its assumption."""

from __future__ import annotations

from itertools import groupby

from mujun.documents.content.domain_plan import DomainPlan, Rule
from mujun.documents.content.wording import numeral
from mujun.documents.frame import frame
from mujun.documents.gongwen import Gongwen, write_docx
from mujun.documents.gongwen.measure import title_lines
from mujun.documents.gongwen.parts import (
    Annex,
    AnnexNote,
    Code,
    Heading,
    Paragraph,
    Part,
    Table,
)
from mujun.rounding import shortest_exact

_CHAPTERS = (
    ("分组和参评条件", ("分组", "参评条件", "豁免", "一票否决")),
    ("指标和得分", ("指标", "一级指标", "总分")),
    ("加分扣分、排名和定档", ("加减分", "排名", "定档")),
    ("名额和遴选", ("遴选",)),
)
_WEIGHTS, _ASSUMPTIONS = "指标分值表", "假设清单"


def write_domain_plan(facts: DomainPlan) -> bytes:
    return write_docx(lay_out_domain_plan(facts))


def lay_out_domain_plan(facts: DomainPlan) -> Gongwen:
    titles = (_WEIGHTS, *((_ASSUMPTIONS,) if facts.assumptions else ()))
    text = (
        Paragraph(f"根据{facts.clause}，制定《{facts.title}》，现印发给你们，请认真执行。"),
        AnnexNote(titles),
    )
    behind: list[Part] = [Annex(title_lines(facts.title)), *_plan(facts), Annex((_WEIGHTS,), "附件1"), *_weights(facts)]
    if facts.assumptions:
        behind += [Annex((_ASSUMPTIONS,), "附件2"), *_assumptions(facts)]
    return frame(facts.dispatch, f"关于印发《{facts.title}》的通知", text, behind, facts.made_on)


def _plan(facts: DomainPlan) -> list[Part]:
    trial = "本领域为试评价。" if facts.trial else ""
    parts: list[Part] = [Paragraph(f"根据{facts.clause}，制定本方案。{trial}")]
    place = 0
    for title, kinds in _CHAPTERS:
        told = [rule for rule in facts.rules if rule.kind in kinds]
        if told:
            place += 1
            parts.append(Heading(1, f"{numeral(place)}、{title}"))
            parts += _sections(told)
    if facts.assumptions:
        sentence = (
            f"本方案有{len(facts.assumptions)}处在通知中没有规定，暂按假设写明，逐条列在附件2。"
            "假设未经确定之前，本方案只供试算，不得据以公布名单。"
        )
        parts += [Heading(1, f"{numeral(place + 1)}、未定事项"), Paragraph(sentence)]
    return parts


def _sections(rules: list[Rule]) -> list[Part]:
    parts: list[Part] = []
    for place, ((_, what), told) in enumerate(groupby(rules, key=lambda rule: (rule.kind, rule.what)), 1):
        said = "；".join(f"{rule.says}（{rule.basis}）" for rule in told)
        parts.append(Heading(2, f"（{numeral(place)}）{what}。", f"{said}。"))
    return parts


def _weights(facts: DomainPlan) -> list[Part]:
    many = len(facts.columns)
    rows: list[tuple[str, ...]] = []
    for dimension, group in groupby(facts.weights, key=lambda row: row.dimension):
        if dimension:
            rows.append((dimension,))
        rows += [(row.label, *(shortest_exact(points) for points in row.points)) for row in group]
    rows.append(("合计", *(shortest_exact(total) for total in facts.totals)))
    rest = min(22.0, 100.0 / many)
    first = 156 - rest * many
    table = Table(
        ("指标", *facts.columns), tuple(rows), (first, *([rest] * many)), "l" + "r" * many, total=True, size=10.5
    )
    note = "分值为该项做到基准（或满分）时的得分；分行业、分类设置的，一列一类。"
    return [table, Paragraph(note), Code("评价方案文件的SHA-256指纹", facts.scheme_hash)]


def _assumptions(facts: DomainPlan) -> list[Part]:
    rows = tuple((str(place), *text.partition("：")[::2]) for place, text in enumerate(facts.assumptions, 1))
    return [Table(("序号", "事项", "假设和理由"), rows, (14, 42, 100), "cll", size=10.5)]
