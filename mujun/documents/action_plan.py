"""The notice that issues the year's action plan, and the plan: from facts to a document. Says nothing of its own."""

from __future__ import annotations

from mujun.documents.content.action_plan import ActionPlan
from mujun.documents.content.dispatch import PENDING
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.measure import title_lines
from mujun.documents.gongwen.parts import (
    Annex,
    Heading,
    Imprint,
    Letterhead,
    Paragraph,
    Part,
    Recipients,
    Signature,
    Title,
)


def write_action_plan(facts: ActionPlan) -> bytes:
    return write_docx(lay_out_action_plan(facts))


def lay_out_action_plan(facts: ActionPlan) -> Gongwen:
    dispatch = facts.dispatch
    parts: list[Part] = [
        Letterhead(dispatch.mark, dispatch.number or PENDING),
        Title(title_lines(facts.title), dispatch.marks.note),
        Recipients(dispatch.recipients),
        *(Paragraph(text) for text in facts.notice),
        Signature(dispatch.issuer, dispatch.dated, dispatch.sealed_by, brackets=dispatch.brackets, seal=False),
        Annex(facts.plan_title),
        *(Paragraph(text) for text in facts.opening),
    ]
    for chapter in facts.chapters:
        parts.append(Heading(1, chapter.heading))
        parts += [Paragraph(text) for text in chapter.paragraphs]
        parts += [Heading(2, one.heading, one.text) for one in chapter.sections]
    return Gongwen(
        form=Form.DOCUMENT,
        title=facts.title,
        marks=dispatch.marks.printed,
        parts=tuple(parts),
        made_on=facts.made_on,
        imprint=Imprint(dispatch.copied, dispatch.printed_by, dispatch.printed_on),
    )
