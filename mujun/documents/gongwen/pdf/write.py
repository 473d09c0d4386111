"""Hand a document to Typst as data: no text of it is ever read as markup. The same document gives the same bytes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import attrs
import typst

from mujun.documents.content.wording import chinese_day
from mujun.documents.gongwen.measure import mark_type, right_indents
from mujun.documents.gongwen.norm import FANG, HEI, KAI, LATIN, SONG, SONG_TITLE
from mujun.documents.gongwen.parts import Gongwen, Letterhead, Part, Picture, Signature
from mujun.documents.gongwen.pdf.faces import Faces, find_faces

_TEMPLATE = Path(__file__).with_name("gongwen.typ")
_ROLES = {"title": SONG_TITLE, "fang": FANG, "kai": KAI, "hei": HEI, "song": SONG, "latin": LATIN}
_NO_DAY = "　　年　月　日"


def write_pdf(gongwen: Gongwen, faces: Faces | None = None) -> bytes:
    """Raises CannotGoOn where the machine has no free Chinese face."""
    faces = find_faces() if faces is None else faces
    told = {
        "form": gongwen.form.value,
        "title": gongwen.title,
        "marks": "　".join(gongwen.marks),
        "foot": gongwen.foot,
        "faces": {role: faces.chosen[licensed] for role, licensed in _ROLES.items()},
        "told": faces.told,
        "parts": [_part(part) for part in gongwen.parts],
        "imprint": None,
        "day": [gongwen.made_on.year, gongwen.made_on.month, gongwen.made_on.day],
    }
    if gongwen.imprint is not None:
        printed = gongwen.imprint.printed_on
        told["imprint"] = {
            "copies": gongwen.imprint.copies,
            "printed_by": gongwen.imprint.printed_by,
            "day": chinese_day(printed) if printed else _NO_DAY,
        }
    data = {"document": json.dumps(told, ensure_ascii=False)}
    moment = datetime.combine(gongwen.made_on, time(), UTC)
    return typst.compile(_TEMPLATE.read_bytes(), format="pdf", sys_inputs=data, timestamp=moment)


def _part(part: Part) -> dict[str, Any]:
    told: dict[str, Any] = {"is": type(part).__name__}
    if isinstance(part, Picture):
        return {**told, "png": list(part.png), "side": part.side, "says": part.says}
    if isinstance(part, Signature):
        left, right = part.brackets[0], part.brackets[-1]
        sealed = [f"{left}{part.sealed_by}代章{right}"] if part.sealed_by else []
        lines = [part.issuer, *sealed, chinese_day(part.dated) if part.dated else _NO_DAY]
        return {**told, "lines": lines, "right": right_indents(lines), "seal": part.seal}
    if isinstance(part, Letterhead):
        size, scale = mark_type(part.mark)
        return {**told, "mark": part.mark, "number": part.number, "size": size, "scale": scale}
    return {**told, **attrs.asdict(part)}
