"""What every document with a letterhead has round its text: 版头, title, 主送; signature; annexes; 版记."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mujun.documents.content.dispatch import PENDING, Dispatch
from mujun.documents.gongwen import Form, Gongwen
from mujun.documents.gongwen.measure import title_lines
from mujun.documents.gongwen.parts import Imprint, Letterhead, Part, Recipients, Signature, Title


def frame(dispatch: Dispatch, title: str, text: Sequence[Part], annexes: Sequence[Part], made_on: date) -> Gongwen:
    """`text` stands between 主送 and the signature, `annexes` behind it, each on a new page."""
    marks = dispatch.marks
    parts = (
        Letterhead(dispatch.mark, dispatch.number or PENDING),
        Title(title_lines(title), marks.note),
        Recipients(dispatch.recipients),
        *text,
        Signature(dispatch.issuer, dispatch.dated, dispatch.sealed_by, seal=marks.unsealed, brackets=dispatch.brackets),
        *annexes,
    )
    return Gongwen(
        form=Form.DOCUMENT,
        title=title,
        marks=marks.printed,
        parts=parts,
        made_on=made_on,
        imprint=Imprint(dispatch.copied, dispatch.printed_by, dispatch.printed_on),
    )
