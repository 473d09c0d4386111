"""Everything that goes out with a notice or an issue, as bytes by path. Made before a row is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen
from django.conf import settings

from mujun.digest import Digest, digest_bytes
from mujun.documents.published import SCHEMA_FILE, Decided, DecidedList, list_decided, list_files
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.proof import Point, point_of
from mujun.proof.bundle import make_bundle
from mujun.proof.checkpoint import Checkpoint, UnitsRoot, make_checkpoint
from mujun.proof.package import zip_of
from mujun.proof.published_list import Status
from mujun.proof.tree_file import tree_bytes
from mujun.web.evidence import kept
from mujun.web.models import AuditEvent, Meeting, Round, Track
from mujun.web.queries.publishing.items import ByDomain
from mujun.web.queries.publishing.rules import read_rule_files
from mujun.web.queries.publishing.units import sealed_units
from mujun.web.queries.quotas import standing_list
from mujun.web.queries.regions import city_of_county
from mujun.web.queries.rules import scheme_ids

BUNDLE, DEMO_LABEL = "bundle.zip", "示例数据"


@frozen(eq=False)
class Made:
    """`lists` by domain. `files` are those of the bundle, the bundle itself, and the trees of units (for no eyes)."""

    lists: Mapping[str, DecidedList]
    checkpoint: Checkpoint
    files: Mapping[str, bytes]


@frozen(kw_only=True)
class Standing:
    """How the lists stand."""

    status: Status
    document_number: str = ""
    issued_on: date | None = None
    decision: Digest | None = None
    notes: tuple[str, ...] = field(default=())


def make_lists(
    round_: Round,
    items: ByDomain,
    rules: Mapping[str, bytes],
    standing: Standing,
    secret: bytes | None,
) -> Made:
    """Raises CannotGoOn with everything that keeps a list from going out; then nothing has been done."""
    read = read_rule_files(round_, rules)
    lists: dict[str, DecidedList] = {}
    roots: dict[str, UnitsRoot | None] = {}
    trees: dict[str, bytes] = {}
    for track in round_.tracks.all():
        scheme = scheme_ids(track)[0]
        rule = read.publication.rules.get(scheme)
        if track.left_out or rule is None or not rule.published or not items.get(track.domain):
            continue
        lists[track.domain] = list_decided(
            read.schemes[scheme],
            read.publication,
            items[track.domain],
            _decided(standing),
            year=round_.year,
            round_title=round_.title,
            labels=[DEMO_LABEL] if settings.DEMO else [],
            notes=(*_notes(track), *standing.notes),
            places=list(city_of_county(round_.programme)),
        )
        roots[track.domain], tree = _units(track, scheme, round_.year, secret)
        if tree:
            trees[tree_path(scheme)] = tree
    if not lists:
        message = "没有一份名单可以公布。"
        raise CannotGoOn([Finding(Severity.ERROR, "nothing_to_publish", message, "请核对审定的名单和公布的范围。")])
    forms = [list_files(one.published) for one in lists.values()]
    checkpoint = make_checkpoint([(one.published, roots[domain]) for domain, one in lists.items()], last_point())
    bundle = make_bundle(forms, checkpoint, rules, schema=SCHEMA_FILE.read_bytes())
    return Made(lists, checkpoint, {**bundle, BUNDLE: zip_of(bundle), **trees})


def tree_path(scheme: str) -> str:
    return f"units/{scheme}.tree"


def decision_of(meeting: Meeting | None) -> Digest | None:
    """The fingerprint of the signed minutes."""
    return digest_bytes(kept(meeting.scan_hash)) if meeting is not None and meeting.scan_hash else None


def last_meeting(round_: Round) -> Meeting | None:
    """The meeting that decided the list as it stands."""
    return round_.meetings.filter(confirmed_at__isnull=False).order_by("-number").first()


def last_point() -> Point | None:
    """How far the record reached when the lists were made."""
    last = AuditEvent.objects.order_by("-seq").first()
    return point_of(last.link) if last is not None else None


def _decided(standing: Standing) -> Decided:
    return Decided(
        status=standing.status,
        document_number=standing.document_number,
        issued_on=standing.issued_on.isoformat() if standing.issued_on else "",
        decision=standing.decision,
    )


def _units(track: Track, scheme: str, year: int, secret: bytes | None) -> tuple[UnitsRoot | None, bytes]:
    """The root over all units of the run the list was drawn from; a list that no run gave has none."""
    nomination = standing_list(track)
    if secret is None or nomination is None or nomination.run is None:
        return None, b""
    sealed = sealed_units(nomination.run, scheme, year, secret)
    return sealed.root, tree_bytes(sealed.tree)


def _notes(track: Track) -> tuple[str, ...]:
    """Whence an adopted list comes."""
    document = getattr(track, "adopted_document", None)
    if document is None:
        return ()
    dated = document.dated.isoformat() if document.dated else ""
    whence = "，".join(part for part in (document.document_number, dated) if part)
    return (f"参照{document.title}{f'（{whence}）' if whence else ''}。",)
