"""A small published list, and what can be made of it. Fictitious."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from mujun.digest import digest_bytes
from mujun.documents.published import SCHEMA_FILE, list_files
from mujun.proof.bundle import make_bundle
from mujun.proof.checkpoint import Checkpoint, make_checkpoint
from mujun.proof.published_list import ListColumn, ListGroup, PublishedList, Status
from mujun.proof.units import SealedUnits, seal_units

SECRET = bytes(range(32))
SCHEME, PUBLICATION = b"scheme: small\n", b"round: 2019\n"
SMALL = PublishedList(
    year=2019,
    round="2019年行动",
    id="small",
    title="示例领域",
    status=Status.DRAFT,
    lead_agency="省某厅",
    columns=(
        ListColumn("name", "企业"),
        ListColumn("county", "县"),
        ListColumn("score", "总分", is_number=True),
        ListColumn("strengths", "突出之处"),
    ),
    groups=(
        ListGroup("甲类", 2, (("甲厂", "某县", Decimal("101.5000"), "亩均税收"), ("乙厂", "某县", None, ""))),
        ListGroup("乙类", 1, (("丙厂", "别县", Decimal("-0.2500"), "亩均税收、研发"),)),
    ),
    count=3,
    ranked=False,
    scheme=digest_bytes(SCHEME),
    publication=digest_bytes(PUBLICATION),
    marks=("示例数据",),
    notes=("排名不分先后。",),
)
RECORDS = {
    key: {"key": key, "name": name, "values": {"tax": "30.5"}, "result": {"score": score, "selected": selected}}
    for key, name, score, selected in (
        ("01", "甲厂", "101.5000", "true"),
        ("02", "乙厂", "", "true"),
        ("03", "丙厂", "-0.2500", "true"),
        ("04", "丁厂", "-1.0000", "false"),
    )
}
RULES = {"2019/schemes/small.yaml": SCHEME, "2019/publication.yaml": PUBLICATION}


def issued(published: PublishedList = SMALL) -> PublishedList:
    """The same list, decided and issued."""
    return evolve(
        published,
        status=Status.ISSUED,
        document_number="浙亩均办〔2019〕9号",
        issued_on="2019-10-15",
        decision=digest_bytes("会议纪要".encode()),
    )


def sealed_units() -> SealedUnits:
    return seal_units(2019, "small", RECORDS, SECRET)


def checkpoint_of(published: PublishedList = SMALL) -> Checkpoint:
    return make_checkpoint([(published, sealed_units().root)])


def bundle_of(published: PublishedList = SMALL) -> dict[str, bytes]:
    return make_bundle([list_files(published)], checkpoint_of(published), RULES, schema=SCHEMA_FILE.read_bytes())
