"""A frontrunner's certificate (证书), with a code that leads to its proof. No seal is drawn."""

from __future__ import annotations

import io

import segno

from mujun.documents.content.certificate import Certificate
from mujun.documents.gongwen import Form, Gongwen, write_docx
from mujun.documents.gongwen.parts import Large, Paragraph, Part, Picture, Signature

_SIDE = 26.0
_SCALE, _BORDER = 8, 4


def write_certificate(facts: Certificate) -> bytes:
    return write_docx(lay_out_certificate(facts))


def lay_out_certificate(facts: Certificate) -> Gongwen:
    place = f"（{facts.place}）" if facts.place else ""
    group = f"（{facts.group}）" if facts.group else ""
    number = f"，列入{facts.list_number}公布的名单" if facts.list_number else ""
    parts: tuple[Part, ...] = (
        Large("“亩均效益”领跑者证书", 34.0),
        Large(f"{facts.name}{place}"),
        Paragraph(f"在{facts.year}年浙江省“亩均效益”领跑者行动中，被评为{facts.domain}{group}{number}。特发此证。"),
        Signature(facts.issuer, facts.dated, facts.sealed_by, seal=facts.marks.unsealed),
        Picture(code(facts.proof), _SIDE, f"核验码：{facts.proof}"),
    )
    return Gongwen(
        form=Form.CERTIFICATE,
        title=f"“亩均效益”领跑者证书 {facts.name}",
        marks=facts.marks.printed,
        parts=parts,
        made_on=facts.made_on,
        foot=f"证书编号：{facts.number}　扫码核验：{facts.proof}",
    )


def code(address: str) -> bytes:
    """A QR code as PNG: a quarter of it may be lost, since certificates hang on walls."""
    made = io.BytesIO()
    segno.make(address, error="q", micro=False).save(made, kind="png", scale=_SCALE, border=_BORDER)
    return made.getvalue()
