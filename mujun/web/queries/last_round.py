"""Last round's data of a domain: what was locked then in this site, else the files laid beside it. Reads no value."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from mujun.web.models import Track
from mujun.web.queries.datasets import sealed_data

FOLDER = "last-round"
"""Under the site's home, by year of the round that looks back: `last-round/2019/manufacturing.csv`."""
_KINDS = (".parquet", ".csv", ".xlsx")


def last_round_data(track: Track, scheme: str) -> Path | None:
    """None where nothing of last round is at hand."""
    before = (
        Track.objects.filter(round__year=track.round.year - 1, domain=track.domain)
        .exclude(round__state="CANCELLED")
        .first()
    )
    if before is not None and scheme in before.sealed:
        return sealed_data(before, scheme)
    folder = Path(settings.HOME) / FOLDER / str(track.round.year)
    return next((file for kind in _KINDS if (file := folder / f"{scheme}{kind}").exists()), None)
