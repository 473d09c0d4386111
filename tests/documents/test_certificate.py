"""A certificate: whose, for what, by which list, and a code that leads to its proof."""

from __future__ import annotations

import io
import zipfile

import segno
from attrs import evolve

from mujun.documents.certificate import code, write_certificate
from tests.documents.conftest import facts_of, specimen_docx, text_of

PROOF = "https://example.invalid/proof/2019/06-021"


def pictures(package: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return [opened.read(name) for name in opened.namelist() if name.startswith("word/media/")]


def test_code_leads_to_the_proof_of_this_certificate() -> None:
    assert pictures(specimen_docx("领跑者证书")) == [code(PROOF)]
    other = write_certificate(evolve(facts_of("领跑者证书"), proof=f"{PROOF}x"))
    assert pictures(other) == [code(f"{PROOF}x")] != [code(PROOF)]


def test_quarter_of_the_code_may_be_lost() -> None:
    assert segno.make(PROOF, error="q", micro=False).error == "Q"


def test_it_says_whose_for_what_and_by_which_list() -> None:
    assert text_of(specimen_docx("领跑者证书")).splitlines() == [
        "“亩均效益”领跑者证书",
        "示例甲装备有限公司（示例丁市辛县）",
        "在2019年浙江省“亩均效益”领跑者行动中，被评为制造业“亩均效益”领跑企业（高端装备制造业），"
        "列入浙亩均办〔2019〕99号公布的名单。特发此证。",
        "浙江省深化“亩均论英雄”改革工作领导小组办公室",
        "（浙江省经济和信息化厅代章）",
        "2019年12月18日",
        "〔样章位置：正式印发时在署名和日期上用印，此处不放印章图样〕",
    ]
