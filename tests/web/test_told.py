"""Whoever confirms reads what was proposed in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from django.test import Client

from mujun.web.actions.step import open_proposal, propose
from mujun.web.doer import Doer
from mujun.web.forms.base import FORMS
from mujun.web.living.notice import OPENED, notice_form
from mujun.web.models import Proposal, PublishedItem, Round, Track
from mujun.web.queries.told import told_form

At = Callable[[str, datetime], Doer]
As = Callable[[str, datetime], Client]
CODE = re.compile(r"[a-z]_|[a-z]:|[{}\[\]]|True|False|None")


def told(row: Round | Track, edge: str, form: dict[str, object]) -> list[tuple[str, str]]:
    labels = {name: str(field.label) for name, field in FORMS[edge].base_fields.items()} if edge in FORMS else {}
    return told_form(row, form, labels)


def test_every_proposal_of_a_round_speaks_to_the_person_who_confirms_it(issued: Round) -> None:
    seen = set()
    for proposal in Proposal.objects.all():
        row = (
            issued
            if proposal.subject == issued.subject
            else next((one for one in issued.tracks.all() if one.subject == proposal.subject), None)
        )
        if row is None:
            continue
        for label, said in told(row, proposal.edge, proposal.form):
            assert (re.search("[A-Za-z]", label), CODE.search(said)) == (None, None), (proposal.edge, label, said)
        seen.add(proposal.edge)
    assert seen >= {"R5", "R6", "R7"}


def test_a_notice_tells_its_list_and_what_is_published_on_what_basis(decided: Round, doer: At, as_: As) -> None:
    propose("R7", decided, notice_form(decided), by=doer("a", OPENED), now=OPENED)
    proposal = open_proposal(decided)
    assert proposal is not None
    said = dict(told(decided, "R7", proposal.form))
    assert (said["公示截止"], said["名单"]) == ("2019年10月10日17:30", "审定名单的全部4项")
    assert said["公布的范围"].splitlines()[0].startswith("县（市、区）：公布，依据：")

    page = as_("b", OPENED).get(f"/act/round/{decided.pk}/R7/")

    assert [one.heading for one in page.context["clauses"]][:2] == ["第1条 突出之处", "第2条 县（市、区）名单的次序"]


def test_a_correction_names_what_it_corrects(issued: Round) -> None:
    item = PublishedItem.objects.get(domain="county")
    form = {"corrects": item.publication_id, "domain": "county", "key": item.key, "county": "滨江区", "reason": "笔误"}
    assert told(issued, "RX1", form) == [
        ("所更正、变更的", "浙亩均办〔2019〕12号"),
        ("领域", "县（市、区）"),
        ("哪一项", "滨江区（县（市、区））"),
        ("正确的县（市、区）", "滨江区"),
        ("更正说明", "笔误"),
    ]
    assert told(issued, "RX2", {"withdraw": f"county:{item.key}"}) == [("撤销称号的", "滨江区（县（市、区））")]
