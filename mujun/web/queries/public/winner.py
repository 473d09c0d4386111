"""One frontrunner as everybody may know it: where it stands out, by which measure, by which clause. No values."""

from __future__ import annotations

from functools import lru_cache

from attrs import frozen

from mujun.documents.report.rules import rules_of
from mujun.law import Law
from mujun.scheme import Scheme
from mujun.web.evidence import kept
from mujun.web.models import PublishedItem, Round
from mujun.web.queries.issued import RULES
from mujun.web.queries.public.shown import Row, Shown, Source
from mujun.web.queries.publishing.rules import RoundRules, read_rule_files

ASSUMED = "假设，还没有文件依据"


@frozen
class Measure:
    """An indicator it stands out in: how it is computed, and where that is written."""

    label: str
    says: str
    clause: str


@frozen
class Correction:
    """A later publication that struck this row, or put another in its place."""

    item: PublishedItem
    by: PublishedItem | None
    document_number: str
    reason: str
    number: int


def measures_of(found: Shown, row: Row) -> list[Measure]:
    """In the order in which they are named."""
    rules = rules_of_source(found.source)
    scheme = rules.schemes[found.lists[row.domain].id]
    told = _told(_Rules(scheme, rules.law))
    return [Measure(label, *told.get(label, ("", ""))) for label in row.strengths]


def rules_of_source(source: Source) -> RoundRules:
    """The rules that went out with it."""
    files = {path.removeprefix(RULES): kept(sha) for path, sha in source.files.items() if path.startswith(RULES)}
    return read_rule_files(source.round, files)


def struck_row(round_: Round, domain: str, slug: str) -> Correction | None:
    """What became of a row that a later publication took back: its old address still answers."""
    item = (
        PublishedItem.objects.filter(publication__round=round_, domain=domain, slug=slug, struck=True)
        .select_related("publication")
        .order_by("-publication__number")
        .first()
    )
    if item is None:
        return None
    later = round_.publications.filter(number__gt=item.publication.number).order_by("number")
    for publication in later:
        instead = PublishedItem.objects.filter(publication=publication, domain=domain, key=item.key).first()
        if instead is not None or _names_no_other(publication.pk):
            return Correction(item, instead, publication.document_number, publication.reason, publication.number)
    return None


def _names_no_other(publication: int) -> bool:
    """A title withdrawn: a publication without a row of its own."""
    return not PublishedItem.objects.filter(publication=publication).exists()


class _Rules:
    """A scheme with its law, the same as another when its bytes and its clauses are."""

    def __init__(self, scheme: Scheme, law: Law) -> None:
        self.scheme, self.law = scheme, law
        self.key = (scheme.digest.sha256, scheme.assumptions)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Rules) and self.key == other.key


@lru_cache(maxsize=32)
def _told(rules: _Rules) -> dict[str, tuple[str, str]]:
    """By label of an indicator: its formula in words, and the clause."""
    found: dict[str, tuple[str, str]] = {}
    for ruled in rules_of(rules.scheme, rules.law):
        first = ruled.sentences[0]
        found.setdefault(ruled.what, (first.says.partition("；")[0], first.clause or ASSUMED))
    return found
