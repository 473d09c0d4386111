"""What the server finds when it checks a row, a bundle, somebody's own file or a printed code. Keeps nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

from attrs import evolve, frozen

from mujun.digest import digest_bytes
from mujun.findings import blocking
from mujun.proof.checkpoint import Checkpoint, read_checkpoint
from mujun.proof.offline.account import Account
from mujun.proof.offline.checkpoint import CHECKPOINT
from mujun.proof.offline.container import read_zip
from mujun.proof.published_list import list_digest
from mujun.proof.units import row_proof
from mujun.proof.verify import Verified, told, verify_bundle, verify_own
from mujun.web.evidence import kept
from mujun.web.models import Publication, PublicNotice
from mujun.web.queries.issued import list_path
from mujun.web.queries.public.shown import Row, Shown, Source

MOST_BYTES = 32 << 20
_CODE = re.compile(r"[0-9a-f]{64}")


@frozen(eq=False)
class Checked:
    """`holds`: nothing failed. Sentences: what was checked, what holds, what fails, what it does not show."""

    what: str
    holds: bool
    held: tuple[str, ...]
    failed: tuple[str, ...]
    open: tuple[str, ...]


@frozen
class Known:
    """Where a printed code is from."""

    source: Source
    label: str
    stands: bool


def checkpoint_of(source: Source) -> Checkpoint:
    return read_checkpoint(source.checkpoint)


def row_file(found: Shown, row: Row) -> bytes:
    """The row's public proof file."""
    return row_proof(found.lists[row.domain], row.place, checkpoint_of(found.source))


def check_row(found: Shown, row: Row) -> Checked:
    """From the stored bytes up to the printed code, anew each time somebody asks."""
    one, checkpoint = found.lists[row.domain], checkpoint_of(found.source)
    stored = kept(found.source.files[list_path(one.id)])
    mark = next((mark for mark in checkpoint.lists if mark.id == one.id), None)
    account = Account()
    if mark is None or digest_bytes(stored) != mark.list or list_digest(one) != mark.list:
        account.fails("list_differs", one.title, f"{one.title}名单与校验单上的指纹不符。")
    else:
        account.holds(f"{one.title}名单的指纹与校验单上的相同。")
    listed = told(account)
    own = verify_own(row_file(found, row), {CHECKPOINT: checkpoint.bytes}, checkpoint.digest.sha256)
    what = f"{one.title}名单第{row.place + 1}条“{row.name}”的内容、它到名单指纹的路径、名单的指纹、校验单。"
    found_out = _checked(what, listed, own)
    if not found_out.holds:
        return found_out
    held = (
        f"{one.title}名单的指纹与校验单上的相同。",
        "这一条在名单之内，一字未改：由它推得出校验单上的指纹。",
        "校验单推得出下面的校验码，公文、公示上印的应当是同一个。",
    )
    return evolve(found_out, held=held)


def check_upload(data: bytes, code: str) -> Checked:
    """A bundle as a zip, or a proof file; whichever it is."""
    if data[:4] == b"PK\x03\x04":
        account = Account()
        files = read_zip(data, account)
        return _checked(f"您给的名单包，{len(files)}个文件。", told(account), verify_bundle(files, code))
    return _checked("您给的证明文件。", verify_own(data, None, code))


def find_code(text: str, now: datetime) -> Known | None:
    """The notice or publication whose checkpoint has this 校验码, or None."""
    wanted = plain_code(text)
    if not _CODE.fullmatch(wanted):
        return None
    for source in _public(now):
        digest = checkpoint_of(source).digest
        if wanted in (digest.sha256, digest.sm3):
            return Known(source, label_of(source), _stands(source))
    return None


def plain_code(text: str) -> str:
    """Without blanks and line ends, in small letters: as it is typed off a page."""
    return re.sub(r"\s", "", text).lower()


def label_of(source: Source) -> str:
    if isinstance(source, Publication):
        return source.document_number
    return f"{source.round.year}年第{source.number}号公示"


def is_code(text: str) -> bool:
    return bool(_CODE.fullmatch(plain_code(text)))


def read_own_kind(data: bytes) -> str:
    """unit, row, or nothing."""
    try:
        said = json.loads(data)
    except ValueError:
        return ""
    return str(said.get("kind", "")) if isinstance(said, dict) else ""


def _public(now: datetime) -> Iterator[Source]:
    yield from Publication.objects.select_related("round").order_by("-published_at")
    notices = PublicNotice.objects.filter(opened_at__isnull=False, opens_at__lte=now).exclude(files={})
    yield from notices.select_related("round").order_by("-opened_at")


def _stands(source: Source) -> bool:
    """Whether no later one has taken its place."""
    if isinstance(source, Publication):
        return not source.round.publications.filter(number__gt=source.number).exists()
    later = source.round.notices.filter(opened_at__isnull=False, number__gt=source.number)
    return not source.round.publications.exists() and not later.exists()


def _checked(what: str, *parts: Verified) -> Checked:
    wrong = [finding for one in parts for finding in blocking(one.findings)]
    rest = [finding for one in parts for finding in one.findings if finding not in wrong]
    return Checked(
        what=what,
        holds=not wrong,
        held=tuple(text for one in parts for text in one.held),
        failed=tuple(f"{one.file or ''}{'：' if one.file else ''}{one.message}" for one in wrong),
        open=tuple(one.message for one in rest),
    )
