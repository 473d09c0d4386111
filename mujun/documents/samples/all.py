"""The specimens: which documents there are, by name, with facts for each. The order is that of the round."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from mujun.documents.content.action_plan import action_plan_of
from mujun.documents.content.domain_plan import domain_plan_of
from mujun.documents.kinds import KINDS
from mujun.documents.samples.invented import YEAR, full_list, nominations
from mujun.documents.samples.objection import sample_receipt, sample_reply
from mujun.documents.samples.papers import (
    sample_action_plan,
    sample_certificate,
    sample_correction,
    sample_dispatch_record,
    sample_issued_list,
    sample_meeting_pack,
    sample_minutes,
    sample_public_notice,
)
from mujun.documents.samples.senders import CREATED, agency_dispatch
from mujun.law import Law
from mujun.scheme import Round, load_scheme

SEED_REMARK = "据公开文本重排的样本，非原件"


@frozen
class Specimen:
    """`kind` is a name of KINDS; `file` is what its file is called."""

    file: str
    kind: str
    facts: Any


def specimens(round_: Round, law: Law) -> tuple[Specimen, ...]:
    listed = full_list(round_, law)
    nominated = nominations(round_, law)
    scheme = load_scheme(round_.scheme_file("manufacturing"), law)
    plan = domain_plan_of(
        scheme, law, agency_dispatch("省经信厅", YEAR, to=("各设区市亩均办",)), year=YEAR, made_on=CREATED
    )
    manufacturing = next(one for one in nominated if one.label.startswith("制造业"))
    made = (
        ("年度工作方案（2019年原文重排）", "action-plan",
         action_plan_of(law.instruments["zhe-mujunban-2019-4"], remark=SEED_REMARK)),
        ("年度工作方案", "action-plan", sample_action_plan(round_)),
        ("具体方案", "plan", plan),
        ("推荐名单报告", "nomination", manufacturing),
        ("会议材料", "meeting-pack", sample_meeting_pack(nominated)),
        ("会议纪要", "minutes", sample_minutes(listed)),
        ("公示", "public-notice", sample_public_notice(listed)),
        ("异议受理回执", "objection-receipt", sample_receipt()),
        ("异议答复意见书", "objection-reply", sample_reply()),
        ("印发通知", "issued-list", sample_issued_list(listed)),
        ("分发签收单", "dispatch-record", sample_dispatch_record()),
        ("更正通知", "correction", sample_correction(listed)),
        ("领跑者证书", "certificate", sample_certificate(listed)),
    )  # fmt: skip
    assert {kind for _, kind, _ in made} == set(KINDS)
    return tuple(Specimen(f"{place:02}{file}", kind, facts) for place, (file, kind, facts) in enumerate(made))
