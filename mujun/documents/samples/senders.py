"""Who sends the specimens: the bodies of the notice of 2019, as senders of papers that say they are none of theirs."""

from __future__ import annotations

from datetime import date

from mujun.documents.content.dispatch import Dispatch, Marks, Standing

OFFICE = "浙江省深化“亩均论英雄”改革工作领导小组办公室"
SEALED_BY = "浙江省经济和信息化厅"
PRINTER = "浙江省经济和信息化厅办公室"
DEPARTMENTS = ("省发展改革委", "省经信厅", "省科技厅", "省商务厅")
COPIES = ("省政府办公厅", "各设区市人民政府", "省深化“亩均论英雄”改革工作领导小组成员单位", "各设区市亩均办")
CREATED = date(2019, 12, 20)
_NAMES = {
    "省亩均办": OFFICE,
    "省发展改革委": "浙江省发展和改革委员会",
    "省经信厅": "浙江省经济和信息化厅",
    "省科技厅": "浙江省科学技术厅",
    "省商务厅": "浙江省商务厅",
}
REMARK = "版式样本，内容虚构"


def marks(standing: Standing = Standing.PROPOSED, *, provisional: bool = True) -> Marks:
    return Marks(standing=standing, provisional=provisional, sample=True, remark=REMARK)


def agency_dispatch(agency: str, year: int, to: tuple[str, ...] = ("省亩均办",)) -> Dispatch:
    """A draft of a lead agency's: it has no number yet."""
    issuer = _NAMES[agency]
    office = issuer == OFFICE
    return Dispatch(
        issuer=issuer,
        to=("省深化“亩均论英雄”改革工作领导小组",) if office and to == ("省亩均办",) else to,
        sealed_by=SEALED_BY if office else "",
        printed_by=PRINTER if office else f"{issuer}办公室",
        marks=marks(),
    )


def office_dispatch(number: str, dated: date, printed_on: date, *, issued: bool) -> Dispatch:
    return Dispatch(
        issuer=OFFICE,
        number=number if issued else "",
        to=DEPARTMENTS,
        copies=COPIES,
        dated=dated if issued else None,
        sealed_by=SEALED_BY,
        printed_by=PRINTER,
        printed_on=printed_on if issued else None,
        marks=marks(Standing.ISSUED if issued else Standing.PROPOSED),
    )
