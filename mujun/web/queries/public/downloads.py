"""Public files by their path: those that went out, the document as PDF, the map as PNG. Nothing else is there."""

from __future__ import annotations

import json

from attrs import frozen

from mujun.documents.content.read import read_facts
from mujun.documents.gongwen.pdf import write_pdf
from mujun.documents.kinds import KINDS
from mujun.web.evidence import kept
from mujun.web.queries.issued import RULES, list_path
from mujun.web.queries.public.front import domain_shown, place_figure
from mujun.web.queries.public.shown import Source, shown_of
from mujun.web.queries.publishing.make import BUNDLE, DEMO_LABEL

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "py": "text/plain; charset=utf-8",
    "yaml": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "zip": "application/zip",
}
_PUBLIC = (
    BUNDLE, "README.txt", "checkpoint.json", "checkpoint.txt", "document.docx", "list.schema.json", "manifest.json",
    "verify.py",
)  # fmt: skip
_FOLDERS = ("lists/", RULES)
DOCUMENT = "document.json"


@frozen
class Download:
    """`version` names the bytes: the same version, the same bytes."""

    data: bytes
    kind: str
    name: str
    version: str


def public_file(source: Source, path: str) -> Download | None:
    """None for everything that is not public, whether it is there or not."""
    ending = path.rpartition(".")[2]
    if ending not in TYPES:
        return None
    name = path.replace("/", "-")
    if path == "document.pdf" and DOCUMENT in source.files:
        return Download(pdf_of(source.files[DOCUMENT]), TYPES["pdf"], name, f"pdf-{source.files[DOCUMENT]}")
    if path.startswith("figures/") and ending == "png":
        domain = path.removeprefix("figures/").removesuffix(".png")
        data = map_png(source, domain)
        return None if data is None else Download(data, TYPES["png"], name, f"png-{_list_hash(source, domain)}")
    if not is_public(path) or path not in source.files:
        return None
    return Download(kept(source.files[path]), TYPES[ending], name, source.files[path])


def is_public(path: str) -> bool:
    return path in _PUBLIC or path.startswith(_FOLDERS)


def public_paths(source: Source) -> list[str]:
    """Every file that anybody may fetch of it."""
    made = ["document.pdf"] if DOCUMENT in source.files else []
    maps = [f"figures/{domain}.png" for domain in shown_of(source).lists]
    return [*(path for path in source.files if is_public(path)), *made, *maps]


def pdf_of(sha256: str) -> bytes:
    """From the facts that were kept beside the DOCX. Raises CannotGoOn where the machine has no free Chinese face."""
    told = json.loads(kept(sha256))
    kind = KINDS[told["kind"]]
    return write_pdf(kind.lay_out(read_facts(kind.facts, told["facts"], DOCUMENT)))


def map_png(source: Source, domain: str) -> bytes | None:
    """The map with a line that says whence it is."""
    found = shown_of(source)
    if domain not in found.lists:
        return None
    shown = domain_shown(found, domain)
    told = [found.round.title, *shown.marks]
    if DEMO_LABEL in shown.marks:
        told.append("单位均为虚构")
    return place_figure(shown).png(source=[f"来源：{'，'.join(told)}。", "方格为示意，不表示行政区域界线。"])


def _list_hash(source: Source, domain: str) -> str:
    return str(source.files[list_path(shown_of(source).lists[domain].id)])
