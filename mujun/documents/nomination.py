"""A nomination report (推荐名单报告): who is nominated, what departs from rank and why, what it was computed from."""

from __future__ import annotations

from mujun.documents.content.nomination import NominatedClass, Nomination
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


def write_nomination(facts: Nomination) -> bytes:
    return write_docx(lay_out_nomination(facts))


def lay_out_nomination(facts: Nomination) -> Gongwen:
    annex = f"{facts.year}年{facts.label}推荐名单"
    text = (*_report(facts), AnnexNote((annex,)))
    behind = (Annex(title_lines(annex), "附件"), *_lists(facts))
    return frame(facts.dispatch, facts.title, text, behind, facts.made_on)


def _report(facts: Nomination) -> list[Part]:
    of = facts.measure
    trial = "本领域为试评价。" if facts.trial else ""
    parts: list[Part] = [
        Paragraph(f"按照{facts.clause}，我单位对{facts.label}开展了评价，提出推荐名单，现报告如下。{trial}"),
        Heading(1, "一、与名次不一致之处"),
        *differences_parts(facts),
        Heading(1, "二、评价情况"),
        Paragraph(f"纳入评价{facts.evaluated}{of}，另有{facts.ineligible}{of}不符合参评条件。"),
        Heading(1, "三、推荐情况"),
    ]
    classes = "，".join(f"{one.label}{len(one.nominees)}{of}{_of_quota(one, of)}" for one in facts.classes)
    reserve = sum(len(one.reserve) for one in facts.classes)
    spare = f"另列备选{reserve}{of}，供审定和公示中递补。" if reserve else ""
    parts.append(Paragraph(f"共推荐{facts.total}{of}：{classes}。{spare}"))
    parts.append(Paragraph("特此报告。"))
    return parts


def _of_quota(one: NominatedClass, measure: str) -> str:
    return f"（名额{one.quota}{measure}）" if one.quota is not None and one.quota != len(one.nominees) else ""


def differences_parts(facts: Nomination) -> list[Part]:
    """What departs from rank comes first: it is what has to be decided."""
    parts: list[Part] = []
    if facts.deviations:
        rows = tuple((label, f"第{one.rank}名", one.name, one.kind, one.reason) for label, one in facts.deviations)
        parts.append(Table(("分类", "名次", "单位", "处理", "理由"), rows, (26, 16, 40, 18, 56), "lclcl", size=10.5))
    if facts.adopted_from:
        parts.append(Paragraph(f"名单参照{facts.adopted_from}，不由综合评议改动；两者的差异如下。"))
        adopted = tuple(
            (one.name, "在名单中" if one.adopted else "不在名单中", "未排名" if one.rank is None else f"第{one.rank}名",
             one.note)
            for one in facts.differences
        )  # fmt: skip
        if adopted:
            parts.append(Table(("单位", "参照名单", "综合评议", "说明"), adopted, (44, 28, 26, 58), "lccl", size=10.5))
    if not facts.deviations and not facts.differences:
        parts.append(Paragraph("各类均按名次依次推荐，没有不一致之处。"))
    return parts


def _lists(facts: Nomination) -> list[Part]:
    hashes = (("数据集的SHA-256指纹", facts.dataset_hash), ("评价方案的SHA-256指纹", facts.scheme_hash))
    parts: list[Part] = [Code(label, value) for label, value in hashes if value]
    for place, one in enumerate(facts.classes, 1):
        parts.append(Heading(1, f"{numeral(place)}、{one.label}（{len(one.nominees)}{facts.measure}）"))
        parts.append(nominees_table(one))
    return parts


def nominees_table(one: NominatedClass) -> Table:
    """Nominees, then the reserve. A column that nobody has anything in, as rank on an adopted list, is left out."""
    people = [
        *((str(place), who) for place, who in enumerate(one.nominees, 1)),
        *(("备选", who) for who in one.reserve),
    ]
    columns = [
        ("序号", 14.0, "c", [place for place, _ in people]),
        ("名称", 70.0, "l", [who.name for _, who in people]),
        ("所在地", 34.0, "l", [who.place for _, who in people]),
        ("名次", 16.0, "r", ["" if who.rank is None else str(who.rank) for _, who in people]),
        ("得分", 22.0, "r", [who.score for _, who in people]),
    ]
    used = [column for column in columns if any(column[3])]
    heads, widths, aligns, cells = zip(*used, strict=True)
    spare = sum(column[1] for column in columns) - sum(widths)
    widths = tuple(width + (spare if head == "名称" else 0) for head, width in zip(heads, widths, strict=True))
    rows = tuple(tuple(cell or "—" for cell in row) for row in zip(*cells, strict=True))
    return Table(heads, rows, widths, "".join(aligns), size=10.5)
