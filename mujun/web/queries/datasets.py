"""The locked datasets of a track: where they are, and what they are called. Reads no value.

`Track.sealed` holds, by scheme id: `{"seal": folder under store/sealed, "sha256": of the data, "units": how many}`.
"""

from __future__ import annotations

from pathlib import Path

from mujun.store.sealed import DATA
from mujun.web.evidence import the_store
from mujun.web.models import Track


def sealed_folder(track: Track, scheme: str) -> Path:
    return the_store().folder / "sealed" / str(track.sealed[scheme]["seal"])


def sealed_data(track: Track, scheme: str) -> Path:
    """The dataset that a run reads."""
    return sealed_folder(track, scheme) / DATA
