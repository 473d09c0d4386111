"""All that was ever made public, round by round: notices, issues, corrections, each with its files. And the search."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen
from django.urls import reverse

from mujun.proof.published_list import PublishedList
from mujun.web.models import Publication, Round
from mujun.web.queries.issued import published_lists
from mujun.web.queries.public.proofs import checkpoint_of, label_of
from mujun.web.queries.public.shown import Row, Source, public_rounds, shown
from mujun.web.queries.publishing.make import BUNDLE

FORMS = ("json", "csv", "xlsx", "html")
WORDS = {"list": "印发名单", "correction": "更正", "title": "称号变更"}
_MOST = 200


@frozen(eq=False)
class Entry:
    """A notice or a publication. `folder` is the address under which its files are."""

    source: Source
    kind: str
    label: str
    at: datetime
    folder: str
    lists: tuple[PublishedList, ...]
    code: str
    sm3: str
    later: Publication | None = None

    @property
    def count(self) -> int:
        return sum(one.count for one in self.lists)

    @property
    def link(self) -> str:
        return reverse("published", args=[self.source.round.year, self.folder])

    def file(self, path: str) -> str:
        return reverse("public_file", args=[self.source.round.year, self.folder, path])

    @property
    def bundle(self) -> str:
        return self.file(BUNDLE)

    @property
    def document(self) -> str:
        return self.file("document.docx") if "document.docx" in self.source.files else ""

    @property
    def pdf(self) -> str:
        return self.file("document.pdf") if "document.json" in self.source.files else ""

    @property
    def checkpoint(self) -> str:
        return self.file("checkpoint.txt")

    @property
    def schema(self) -> str:
        return self.file("list.schema.json")

    @property
    def list_files(self) -> list[tuple[PublishedList, list[tuple[str, str]]]]:
        """Of each list: its forms and where they are."""
        return [
            (one, [(form.upper(), self.file(f"lists/{one.id}/list.{form}")) for form in FORMS]) for one in self.lists
        ]


def entry_of(source: Source) -> Entry:
    digest = checkpoint_of(source).digest
    if isinstance(source, Publication):
        kind, at, later = WORDS[source.kind], source.published_at, source.corrected_by.order_by("number").first()
    else:
        kind, at, later = "公示", source.opens_at, None
    lists = tuple(published_lists(source).values())
    return Entry(source, kind, label_of(source), at, folder_of(source), lists, digest.sha256, digest.sm3, later)


def folder_of(source: Source) -> str:
    return str(source.number) if isinstance(source, Publication) else f"notice-{source.number}"


def source_of(round_: Round, folder: str, now: datetime) -> Source | None:
    """What is public under that address."""
    if folder.startswith("notice-") and folder.removeprefix("notice-").isdigit():
        number = int(folder.removeprefix("notice-"))
        notices = round_.notices.filter(opened_at__isnull=False, opens_at__lte=now).exclude(files={})
        return notices.filter(number=number).first()
    return round_.publications.filter(number=int(folder)).first() if folder.isdigit() else None


def entries(round_: Round, now: datetime) -> list[Entry]:
    """The last first."""
    notices = round_.notices.filter(opened_at__isnull=False, opens_at__lte=now).exclude(files={})
    sources: list[Source] = [*round_.publications.order_by("-number"), *notices.order_by("-number")]
    return [entry_of(one) for one in sources]


def all_entries(now: datetime) -> list[tuple[Round, list[Entry]]]:
    return [(round_, entries(round_, now)) for round_ in public_rounds(now)]


def corrections(round_: Round) -> list[Publication]:
    """After the list was issued: what was put right or taken back."""
    return list(round_.publications.exclude(kind=Publication.Kind.LIST).order_by("number"))


def search(text: str, now: datetime) -> list[tuple[Round, Row]]:
    """Rows whose name has the text in it, or whose initials begin with it, or that lie in a county of that name."""
    text = text.strip()
    if not text:
        return []
    found: list[tuple[Round, Row]] = []
    for round_ in public_rounds(now):
        now_shown = shown(round_, now)
        rows = [row for some in now_shown.rows.values() for row in some] if now_shown is not None else []
        found += [(round_, row) for row in rows if _meant(row, text)]
    return found[:_MOST]


def _meant(row: Row, text: str) -> bool:
    return text in row.name or row.initials.startswith(text.lower()) or (bool(row.county) and row.county == text)
