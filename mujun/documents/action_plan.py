"""The notice that issues the year's action plan, and the plan: from facts to a document. Says nothing of its own."""

from __future__ import annotations

from mujun.documents.content.action_plan import ActionPlan
from mujun.documents.frame import frame
from mujun.documents.gongwen import Gongwen, write_docx
from mujun.documents.gongwen.parts import Annex, Heading, Paragraph, Part


def write_action_plan(facts: ActionPlan) -> bytes:
    return write_docx(lay_out_action_plan(facts))


def lay_out_action_plan(facts: ActionPlan) -> Gongwen:
    plan: list[Part] = [Annex(facts.plan_title), *(Paragraph(text) for text in facts.opening)]
    for chapter in facts.chapters:
        plan.append(Heading(1, chapter.heading))
        plan += [Paragraph(text) for text in chapter.paragraphs]
        plan += [Heading(2, one.heading, one.text) for one in chapter.sections]
    notice = [Paragraph(text) for text in facts.notice]
    return frame(facts.dispatch, facts.title, notice, plan, facts.made_on)
