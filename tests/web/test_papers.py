"""Documents for those who may have them, and for nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from mujun.documents.gongwen.check import check_layout
from mujun.web.living.notice import ISSUED, OBJECTED, live_answered, live_objected
from mujun.web.models import Plan, Round

As = Callable[[str, datetime], Client]
WHEN = {"at": "2019-09-24T09:30", "where": "示例会议室", "ending": "docx"}
PAPERS = {
    "/rounds/2019/papers/dispatch-1.docx": ("b", "c-manufacturing"),
    "/rounds/2019/papers/manufacturing.docx": ("c-manufacturing", "c-economic-zone"),
    "/rounds/2019/papers/county.docx": ("a", "c-manufacturing"),
}


@pytest.mark.parametrize("path", PAPERS)
def test_a_paper_is_for_those_who_may_see_it(issued: Round, as_: As, path: str) -> None:
    may, may_not = PAPERS[path]

    answer = as_(may, ISSUED).get(path)
    assert (answer.status_code, check_layout(answer.content).findings) == (200, [])
    assert as_(may_not, ISSUED).get(path).status_code in (403, 404)
    assert Client().get(path).status_code == 302


def test_the_meetings_papers_print_what_was_recorded_and_what_was_typed(issued: Round, as_: As) -> None:
    Plan.objects.update(issued_at=None, issued_by=None)  # their quotas know nothing of these small lists
    browser = as_("a", ISSUED)
    assert browser.get("/rounds/2019/papers/").status_code == 200
    pack = browser.post("/rounds/2019/papers/meeting-pack/", {**WHEN, "agenda": "逐项审定"})
    chair = browser.get("/rounds/2019/papers/minutes/1/").context["form"].fields["chair"].choices[0][0]
    typed = {**WHEN, "number": "〔2019〕9号", "chair": chair, "sent_to": "领导小组成员"}
    minutes = browser.post("/rounds/2019/papers/minutes/1/", typed)

    for answer in (pack, minutes):
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        assert check_layout(answer.content).findings == []
    assert as_("c-manufacturing", ISSUED).get("/rounds/2019/papers/meeting-pack/").status_code == 404


def test_an_objections_papers_are_for_the_desk(on_notice: Round, as_: As) -> None:
    live_objected(on_notice)
    live_answered(on_notice)
    desk = as_("o1", ISSUED)
    for kind in ("receipt", "reply"):
        answer = desk.get(f"/objections/异2019-0001/{kind}.docx")
        assert (answer.status_code, check_layout(answer.content).findings) == (200, [])
    assert as_("c-manufacturing", OBJECTED).get("/objections/异2019-0001/receipt.docx").status_code == 403


def test_plans_and_certificates_are_for_everybody(issued: Round, as_: As) -> None:
    as_("a", ISSUED)
    public = Client()
    home = public.get("/lists/2019/manufacturing/")
    row = home.context["found"].rows["manufacturing"][0]
    certificate = f"/certificates/2019/manufacturing/{row.slug}.docx"
    for path in (certificate, "/documents/2019/plan/manufacturing.docx", "/documents/2019/action-plan/all.docx"):
        assert check_layout(public.get(path).content).findings == [], path
    assert public.get("/documents/2019/plan/manufacturing.xyz").status_code == 404
