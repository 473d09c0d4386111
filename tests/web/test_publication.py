"""What goes out with a notice and an issue: exactly the decided items, by rules that rest on clauses, with proofs."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from mujun.findings import blocking
from mujun.proof.published_list import Status
from mujun.proof.verify import verify_bundle
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import propose, take
from mujun.web.doer import Doer
from mujun.web.evidence import kept, the_store
from mujun.web.living import notice as lives
from mujun.web.living.notice import ISSUED, OPENED, notice_form
from mujun.web.models import Publication, PublishedItem, Round
from mujun.web.queries.compiled import standing_items
from mujun.web.queries.issued import published_lists
from mujun.web.queries.publishing.rules import read_rule_files
from mujun.web.queries.publishing.secret import secret_file
from mujun.web.queries.slugs import slug_of
from tests.web.test_decision import codes
from tests.web.test_notice import ISSUE

At = Callable[[str, datetime], Doer]
EVIL = "<img src=x onerror=alert(1)>"
LATER = ISSUED + timedelta(days=6)


def files_of(publication: Publication) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(kept(publication.files["bundle.zip"]))) as bundle:
        return {name: bundle.read(name) for name in bundle.namelist()}


def names(round_: Round) -> list[tuple[str, str, str]]:
    """Domain, name and place of every row of the files in force."""
    lists = published_lists(round_.publications.order_by("-number").first())
    return [
        (domain, str(row[0]), str(row[1]) if len(one.columns) > 2 else "")
        for domain, one in lists.items()
        for _, _, row in one.numbered()
    ]


def correct(round_: Round, doer: At, **more: str) -> Publication:
    number = {"document_number": "浙亩均办〔2019〕13号", "dated": "2019-10-20", "printed_on": "2019-10-20"}
    what = {"corrects": round_.publications.get().pk, "domain": "manufacturing", "key": "M1", "reason": "名称有误"}
    form = {**what, **number, **more}
    propose("RX1", round_, form, by=doer("a", LATER), now=LATER)
    take("RX1", round_, by=doer("b", LATER), now=LATER)
    return round_.publications.get(kind="correction")


def test_p07_the_published_rows_are_the_decided_items_in_every_form(issued: Round) -> None:
    publication = issued.publications.get()
    items = standing_items(issued)

    assert sorted(PublishedItem.objects.values_list("domain", "key", "name", "county")) == sorted(
        (one.domain, one.key, one.name, one.county) for one in items
    )
    assert sorted(names(issued)) == sorted(
        (one.domain, one.name, "" if one.domain == "county" else one.county) for one in items
    )
    verified = verify_bundle(files_of(publication), publication.list_hash)
    assert blocking(verified.findings) == []
    assert [text for text in verified.held if "逐行相同" in text] == [
        "县（市、区）“亩均论英雄”改革领跑者的CSV、XLSX、HTML与 JSON 逐行相同，1行。",
        "经济开发区“亩均效益”领跑者的CSV、XLSX、HTML与 JSON 逐行相同，1行。",
        "制造业“亩均效益”领跑者的CSV、XLSX、HTML与 JSON 逐行相同，2行。",
    ]


def test_an_issued_list_carries_no_assumption_and_its_rules_cite_the_notice(issued: Round) -> None:
    publication = issued.publications.get()
    rules = {path.removeprefix("rules/"): data for path, data in files_of(publication).items() if "rules/" in path}
    read = read_rule_files(issued, rules)

    assert {one.assumptions for one in published_lists(publication).values()} == {()}
    assert {one.standing for one in published_lists(publication).values()} == {"印发（示例数据）"}
    basis = read.publication.rules["characteristic_town"].basis.clause
    clause = read.law.resolve(basis)
    assert clause is not None
    assert (basis.partition("#")[0], clause.text) == (
        "notice-2019-1",
        "公布特色小镇名单。依据：通知三（四）没有点名，经领导小组会议明确一并印发（示例）。",
    )


def test_on_notice_the_same_files_stand_as_notice(on_notice: Round) -> None:
    notice = on_notice.notices.get()

    assert {one.status for one in published_lists(notice).values()} == {Status.NOTICE}
    assert notice.checkpoint["standing"] == "公示（示例数据）"
    beside = ("bundle.zip", "document.docx", "document.json")
    files = {path: kept(sha) for path, sha in notice.files.items() if path not in beside}
    assert blocking(verify_bundle(files).findings) == []


def test_a_domain_that_the_notice_does_not_publish_stays_out(decided: Round, doer: At) -> None:
    form = notice_form(decided)
    form["scope"]["economic_zone"] = {"publish": False, "why": "另行公布（示例）"}
    propose("R7", decided, form, by=doer("a", OPENED), now=OPENED)
    take("R7", decided, by=doer("b", OPENED), now=OPENED)
    take("R10", decided, ISSUE, by=doer("b2", ISSUED), now=ISSUED)

    assert {domain for domain, _, _ in names(decided)} == {"county", "manufacturing"}
    assert not PublishedItem.objects.filter(domain="economic_zone").exists()
    rules = published_rules(decided)
    assert rules.rules["economic_zone"].published is False


def published_rules(round_: Round):
    notice = round_.notices.get()
    files = {path.removeprefix("rules/"): kept(sha) for path, sha in notice.files.items() if path.startswith("rules/")}
    return read_rule_files(round_, files).publication


def test_a_list_whose_plan_still_assumes_something_is_noticed_as_a_trial_and_never_issued(
    decided: Round, doer: At
) -> None:
    for track in decided.tracks.all():
        track.plans.update(issued_at=None, issued_by=None)
    lives.live_notice(decided)
    assert {"试算" in one.marks for one in published_lists(decided.notices.get()).values()} == {True}

    with pytest.raises(Refused) as refused:
        take("R10", decided, ISSUE, by=doer("b2", ISSUED), now=ISSUED)

    assert set(codes(refused)) == {"assumed"}
    assert (decided.publications.count(), Round.objects.get(pk=decided.pk).state) == (0, "NOTICE")


def test_two_of_one_name_and_place_stop_the_notice_and_nothing_is_done(decided: Round, doer: At) -> None:
    from mujun.web.queries.compiled import list_hash

    decided.items.filter(key="M2").update(name="甲电子有限公司（示例）", county="滨江区")
    Round.objects.filter(pk=decided.pk).update(decided_hash=list_hash(standing_items(decided)))
    propose("R7", decided, notice_form(decided), by=doer("a", OPENED), now=OPENED)

    with pytest.raises(Refused) as refused:
        take("R7", decided, by=doer("b", OPENED), now=OPENED)

    assert codes(refused) == ["row_twice"]
    assert (decided.notices.count(), Round.objects.get(pk=decided.pk).state) == (0, "DECIDED")


def test_the_secret_of_a_round_is_made_once_and_for_its_owner_alone(issued: Round) -> None:
    file = secret_file(issued)

    assert (file.stat().st_mode & 0o777, len(file.read_bytes())) == (0o600, 32)
    before = file.read_bytes()
    from mujun.web.actions.round_secret import make_secret

    assert make_secret(issued) == before


def test_w23_a_correction_has_all_lists_anew_and_the_old_address_leads_on(issued: Round, doer: At) -> None:
    old = slug_of(2019, "manufacturing", "甲电子有限公司（示例）", "滨江区")
    correction = correct(issued, doer, name="甲电子股份有限公司（示例）", reason=f"{EVIL}名称有误")
    new = slug_of(2019, "manufacturing", "甲电子股份有限公司（示例）", "滨江区")

    assert [name for domain, name, _ in names(issued) if domain == "manufacturing"] == [
        "甲电子股份有限公司（示例）",
        "乙机械有限公司（示例）",
    ]
    assert blocking(verify_bundle(files_of(correction), correction.list_hash).findings) == []
    page = Client().get(f"/lists/2019/manufacturing/{old}/")
    assert page.status_code == 200
    assert page.context["struck"].by.slug == new
    assert f'href="/lists/2019/manufacturing/{new}/"' in page.content.decode()
    for path in ("/", "/record/", "/record/2019/1/", "/record/2019/2/", f"/lists/2019/manufacturing/{old}/"):
        assert ("<img" in (text := Client().get(path).content.decode()), "&lt;img src=x" in text) == (False, True), path
    first = Client().get("/record/2019/1/")
    assert first.context["gone"] == {old}
    assert "<del>甲电子有限公司（示例）</del>" in first.content.decode()
    facts = json.loads(kept(correction.files["document.json"]))["facts"]
    assert [(one["printed"], one["should_be"], one["why"]) for one in facts["slips"]] == [
        ("甲电子有限公司（示例）（滨江区）", "甲电子股份有限公司（示例）（滨江区）", f"{EVIL}名称有误")
    ]


def test_the_documents_carry_the_checkpoint(issued: Round) -> None:
    publication = issued.publications.get()
    for name, expected in (("document", "issued-list"), ("dispatch", "dispatch-record")):
        assert json.loads(kept(publication.files[f"{name}.json"]))["kind"] == expected
    with zipfile.ZipFile(io.BytesIO(kept(publication.files["document.docx"]))) as document:
        text = document.read("word/document.xml").decode()
    assert publication.list_hash in text.replace("</w:t>", "").replace("<w:t>", "")
    assert the_store().evidence(publication.files["document.docx"]).exists()
