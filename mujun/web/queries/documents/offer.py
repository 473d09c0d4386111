"""A document's facts laid out as DOCX or PDF. Names no document and decides nothing about who may have it."""

from __future__ import annotations

from attrs import frozen

from mujun.documents.gongwen import write_docx
from mujun.documents.gongwen.pdf import write_pdf
from mujun.documents.kinds import KINDS
from mujun.web.evidence import kept
from mujun.web.queries.public.downloads import TYPES, pdf_of

ENDINGS = ("docx", "pdf")


@frozen
class Offered:
    """Bytes, what they are, and under which name they go out."""

    data: bytes
    kind: str
    name: str


def offer(kind: str, facts: object, ending: str, name: str) -> Offered:
    """Raises CannotGoOn where facts do not hold together, or the machine has no face for a PDF."""
    laid_out = KINDS[kind].lay_out(facts)
    data = write_pdf(laid_out) if ending == "pdf" else write_docx(laid_out)
    return Offered(data, TYPES[ending], f"{name}.{ending}")


def offer_kept(files: dict[str, str], stem: str, ending: str, name: str) -> Offered | None:
    """A document that was part of an act: its DOCX as it was kept, its PDF from the facts kept beside it."""
    if f"{stem}.json" not in files:
        return None
    data = pdf_of(files[f"{stem}.json"]) if ending == "pdf" else kept(files[f"{stem}.docx"])
    return Offered(data, TYPES[ending], f"{name}.{ending}")
