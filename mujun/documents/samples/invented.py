"""Invented units, classes and rankings of seven domains. Nothing in it is anybody's: every name says 示例."""

from __future__ import annotations

from mujun.documents.content.listed import Class, DomainList, Entry, FullList
from mujun.documents.content.nomination import Deviation, Difference, NominatedClass, Nomination, Nominee
from mujun.documents.samples.senders import CREATED, agency_dispatch
from mujun.law import Law
from mujun.scheme import Domain, Round

YEAR = 2019
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CLASSES: dict[str, tuple[tuple[str, int, str], ...]] = {
    "county": (("市辖区", 3, "区"), ("县（市）", 4, "县")),
    "characteristic_town": (("制造类", 10, "特色小镇"), ("服务类", 10, "特色小镇")),
    "economic_zone": (("国家级", 5, "经济技术开发区"), ("省级", 10, "经济开发区"), ("参照省级管理", 2, "产业园区")),
    "hightech_zone": (("国家级", 3, "高新技术产业开发区"), ("省级", 7, "高新技术产业园区")),
    "micro_park": (("生产制造类", 10, "小微园"), ("生产服务类", 5, "小微园")),
    "manufacturing": (
        ("数字经济核心制造业", 10, "电子有限公司"),
        ("高端装备制造业", 10, "装备有限公司"),
        ("时尚制造业", 10, "家居有限公司"),
        ("生物医药产业", 10, "药业有限公司"),
        ("纺织服装产业", 10, "纺织有限公司"),
        ("石化产业", 10, "化工有限公司"),
        ("汽车产业", 10, "汽车部件有限公司"),
    ),
    "services": (("现代物流业", 3, "物流有限公司"), ("科技服务业", 3, "检测有限公司")),
}
_FIRMS = ("manufacturing", "services")
_LEFT_OUT = {
    ("manufacturing", "高端装备制造业"): 5,
    ("characteristic_town", "制造类"): 3,
    ("micro_park", "生产制造类"): 8,
}
_REASONS = {
    "manufacturing": "推荐前核查发现上年度有较大安全事故正在调查，按方案一票否决。",
    "characteristic_town": "命名不满三年，按方案不参评；评价时误列，现予剔除。",
    "micro_park": "主动书面放弃。",
}
_EVALUATED = {
    "county": 89, "characteristic_town": 79, "economic_zone": 74, "hightech_zone": 36, "micro_park": 168,
    "manufacturing": 9214, "services": 1033,
}  # fmt: skip
ADOPTED = "省政府办公厅公布的“亩均论英雄”改革工作督查激励县（市、区）名单（示例）"


def nominations(round_: Round, law: Law) -> tuple[Nomination, ...]:
    return tuple(_nomination(domain, law) for domain in round_.domains)


def full_list(round_: Round, law: Law) -> FullList:
    """What is nominated and agreed to, domain by domain."""
    return FullList(
        domains=tuple(
            DomainList(
                label=one.label,
                agency=one.agency,
                measure=one.measure,
                clause=one.clause,
                trial=one.trial,
                adopted_from=one.adopted_from,
                classes=tuple(
                    Class(
                        label=group.label,
                        entries=tuple(Entry(name=who.name, place=who.place) for who in group.nominees),
                    )
                    for group in one.classes
                ),
            )
            for one in nominations(round_, law)
        )
    )


def _nomination(domain: Domain, law: Law) -> Nomination:
    adopted = ADOPTED if domain.id == "county" else ""
    classes = tuple(_class(domain.id, *given) for given in _CLASSES[domain.id])
    differences = (
        Difference(name="示例丁市戊区", adopted=False, rank=2, note="综合评议列第二，不在督查激励名单"),
        Difference(name=classes[0].nominees[-1].name, adopted=True, rank=11, note="督查激励另计专项工作"),
    )
    return Nomination(
        dispatch=agency_dispatch(domain.lead_agency, YEAR),
        year=YEAR,
        label=f"{domain.label}“亩均{'论英雄”改革' if adopted else '效益”'}领跑者",
        agency=domain.lead_agency,
        clause=law.cite(domain.clause),
        classes=classes,
        evaluated=_EVALUATED[domain.id],
        ineligible=_EVALUATED[domain.id] // 12,
        trial=domain.id == "services",
        adopted_from=adopted,
        differences=differences if adopted else (),
        dataset_hash="" if adopted else "5e" * 32,
        scheme_hash="a7" * 32,
        measure="家" if domain.id in _FIRMS else "个",
        made_on=CREATED,
    )


def _class(domain: str, label: str, places: int, kind: str) -> NominatedClass:
    """As many as there are places; one of three classes passes over a rank."""
    out = _LEFT_OUT.get((domain, label))
    ranks = [rank for rank in range(1, places + 2) if rank != out][:places]
    people = tuple(_nominee(domain, label, rank, kind) for rank in ranks)
    deviations = (Deviation(name=_name(domain, label, out, kind), rank=out, reason=_REASONS[domain]),) if out else ()
    reserve = tuple(_nominee(domain, label, places + extra, kind) for extra in (2, 3)) if domain in _FIRMS else ()
    return NominatedClass(label=label, nominees=people, quota=places, deviations=deviations, reserve=reserve)


def _nominee(domain: str, label: str, rank: int, kind: str) -> Nominee:
    if domain == "county":
        return Nominee(name=_name(domain, label, rank, kind))
    return Nominee(name=_name(domain, label, rank, kind), place=_place(rank), rank=rank, score=_score(rank, len(label)))


def _name(domain: str, label: str, rank: int, kind: str) -> str:
    first = _STEMS[(rank - 1) % 10]
    if domain == "county":
        return f"示例{first}市{_STEMS[len(label) % 10]}{kind}"
    order = "" if rank <= len(_STEMS) else _STEMS[(rank - 1) // 10]
    return f"示例{first}{order}{label.removeprefix('生产')[:2] if kind.endswith(('小镇', '小微园')) else ''}{kind}"


def _place(rank: int) -> str:
    return f"示例{_STEMS[rank * 3 % 10]}市{_STEMS[rank * 7 % 10]}县"


def _score(rank: int, salt: int) -> str:
    whole = 14_800_000 - rank * 73_519 - salt * 11_731
    return f"{whole // 100_000}.{whole % 100_000 // 10:04}"
