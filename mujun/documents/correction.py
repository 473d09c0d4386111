"""A correction (更正): what was printed and what it should be, the totals before and after. The old stays readable."""

from __future__ import annotations

from mujun.documents.content.correction import Correction
from mujun.documents.frame import frame
from mujun.documents.gongwen import Gongwen, write_docx
from mujun.documents.gongwen.parts import (
    Annex,
    AnnexNote,
    Code,
    Paragraph,
    Part,
    Table,
)

_HEADS = ("序号", "位置", "原文", "更正为", "原因")


def write_correction(facts: Correction) -> bytes:
    return write_docx(lay_out_correction(facts))


def lay_out_correction(facts: Correction) -> Gongwen:
    rows = tuple(
        (str(place), one.where, one.printed or "（无）", one.should_be or "（删去）", one.why)
        for place, one in enumerate(facts.slips, 1)
    )
    text = (
        Paragraph(
            f"{facts.corrects}公布的{facts.subject}有{len(facts.slips)}处需要更正，见附件。"
            f"更正前共{facts.before.total}个（家），更正后共{facts.after.total}个（家）。"
        ),
        Paragraph("原文件照旧保存，可以查阅，并注明已由本通知更正；其余内容不变。"),
        AnnexNote(("更正对照表",)),
    )
    behind: list[Part] = [
        Annex(("更正对照表",), "附件"),
        Table(_HEADS, rows, (12, 34, 38, 38, 34), "cllll", size=10.5),
        _totals(facts),
    ]
    if facts.checkpoint:
        behind.append(Code("更正后名单核验信息", facts.checkpoint))
    return frame(facts.dispatch, facts.title, text, behind, facts.made_on)


def _totals(facts: Correction) -> Table:
    before = {one.label: one.total for one in facts.before.domains}
    after = {one.label: one.total for one in facts.after.domains}
    rows = [(label, str(before.get(label, 0)), str(after.get(label, 0))) for label in {**before, **after}]
    rows.append(("合计", str(facts.before.total), str(facts.after.total)))
    return Table(("领域", "更正前", "更正后"), tuple(rows), (96, 30, 30), "lrr", "各领域数量", total=True)
