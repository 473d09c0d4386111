"""Facts of a frontrunner's certificate: what the issued list says of it, and the address of its proof."""

from __future__ import annotations

from mujun.documents.content.certificate import Certificate
from mujun.documents.content.dispatch import Standing
from mujun.web.models import Publication
from mujun.web.queries.documents.senders import OFFICE, body, marks
from mujun.web.queries.public.shown import Row, Shown


def certificate_facts(found: Shown, row: Row, proof: str) -> Certificate:
    """`proof` is the whole address of the page that verifies the row."""
    publication, round_ = found.source, found.round
    assert isinstance(publication, Publication), "there is no certificate before the list is issued"
    track = next(one for one in round_.tracks.all() if one.domain == row.domain)
    sender = body(round_.programme, OFFICE)
    return Certificate(
        number=f"{round_.year}-{track.order:02}-{row.place + 1:03}",
        name=row.name,
        place=row.county,
        year=round_.year,
        domain=track.title,
        group="" if row.group == "全部" else row.group,
        issuer=sender.full,
        sealed_by=sender.seals,
        list_number=publication.document_number,
        dated=publication.printed_on,
        proof=proof,
        marks=marks(Standing.ISSUED),
        made_on=publication.printed_on,
    )
