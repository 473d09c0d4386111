"""A round's archive: all that was issued and decided, the manifests of its data, the record of who did what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from mujun.digest import canonical_json
from mujun.proof.archive import make_archive
from mujun.proof.package import Packed, zip_of
from mujun.web.evidence import kept, the_store
from mujun.web.models import AuditEvent, Round, Track
from mujun.web.queries.audit import checkpoints
from mujun.web.queries.public.proofs import label_of
from mujun.web.queries.public.record import folder_of
from mujun.web.queries.public.shown import Source
from mujun.web.queries.results import run_folder, sealed_for

_LABELS = {"list.json": "名单", "list.csv": "名单（CSV）", "list.xlsx": "名单（XLSX）", "list.html": "名单（HTML）"}


def archive_of(round_: Round) -> bytes:
    """As one zip. The record is whole: it belongs to the site, and a part of a chain proves nothing."""
    events = [event.link for event in AuditEvent.objects.order_by("seq").iterator()]
    blobs = [*_plans(round_), *_evaluations(round_), _minutes(round_), *_published(round_)]
    title = f"{round_.title}{'（示例数据）' if settings.DEMO else ''}"
    return zip_of(make_archive(title, blobs, events, checkpoints()))


def _plans(round_: Round) -> Iterator[Packed]:
    for track in round_.tracks.all():
        for plan in track.plans.filter(issued_at__isnull=False):
            folder = f"plans/{track.domain}-{plan.number}"
            for name, sha256 in plan.schemes.items():
                yield Packed(f"{folder}/{name}.yaml", f"{track.label}方案 {name}", kept(sha256))
            told = {
                "document_number": plan.document_number,
                "issued_at": plan.issued_at.isoformat() if plan.issued_at else "",
                "voided_at": plan.voided_at.isoformat() if plan.voided_at else "",
                "clauses": plan.clauses,
            }
            yield Packed(f"{folder}/plan.json", f"{track.label}方案的条款", canonical_json(told))


def _evaluations(round_: Round) -> Iterator[Packed]:
    """Of every run that was frozen: what it was run on, and what it says of its own files."""
    for track in round_.tracks.all():
        for run in track.runs.exclude(result_hash=""):
            folder = f"evaluations/{track.domain}-{run.number}"
            for name in run.summary:
                file = run_folder(run) / name / "evaluation.json"
                yield Packed(f"{folder}/{name}.json", f"{track.label}第{run.number}次评价 {name}", file.read_bytes())
            yield from _datasets(track, folder, sealed_for(run))


def _datasets(track: Track, folder: str, sealed: dict[str, dict[str, str]]) -> Iterator[Packed]:
    for name, told in sealed.items():
        manifest: Path = the_store().folder / "sealed" / str(told["seal"]) / "manifest.json"
        if manifest.exists():
            yield Packed(f"{folder}/data-{name}.json", f"{track.label}数据集清单 {name}", manifest.read_bytes())


def _minutes(round_: Round) -> Packed:
    """Meetings by the fingerprints of their scans; the scans themselves stay where they are."""
    told = [
        {
            "number": one.number,
            "held_on": one.held_on.isoformat() if one.held_on else "",
            "scan": one.scan_hash,
            "statement": one.statement,
            "items": sorted([item.domain, item.key, item.name, item.outcome] for item in one.items.all()),
        }
        for one in round_.meetings.filter(confirmed_at__isnull=False)
    ]
    return Packed("meetings.json", "会议纪要的指纹和议定结果", canonical_json(told))


def _published(round_: Round) -> Iterator[Packed]:
    """Each notice and publication with all of its files; the trees of units stay inside."""
    notices = round_.notices.filter(opened_at__isnull=False).exclude(files={})
    sources: list[Source] = [*notices, *round_.publications.all()]
    for source in sources:
        lists = {one["id"]: one["title"] for one in source.checkpoint["lists"]}
        for path, sha256 in source.files.items():
            if path.startswith("units/"):
                continue
            folder, _, rest = path.partition("/")
            named = lists.get(rest.partition("/")[0], "") if folder == "lists" else ""
            label = f"{named}{_LABELS.get(rest.partition('/')[2], rest.partition('/')[2])}" if named else path
            yield Packed(f"published/{folder_of(source)}/{path}", f"{label_of(source)} {label}", kept(sha256))
