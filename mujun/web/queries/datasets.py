"""The locked datasets of a track: where they are, and what they are called. Reads no value.

`Track.sealed` holds, by scheme id, `seal` (a folder of store/sealed), `sha256` (of the data file), `units` (how many).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mujun.store.sealed import DATA, MANIFEST, SOURCES, Sealed, open_sealed
from mujun.web.evidence import the_store
from mujun.web.models import Track


def sealed_folder(track: Track, scheme: str) -> Path:
    return the_store().folder / "sealed" / str(track.sealed[scheme]["seal"])


def sealed_data(track: Track, scheme: str) -> Path:
    """The dataset that a run reads."""
    return sealed_folder(track, scheme) / DATA


def opened(seal: str) -> Sealed | None:
    """A sealed dataset by its hash; None for data that were brought whole. Raises CannotGoOn when it is not as sealed.

    Its files are read through and checked once, and again when one of them is another than it was.
    """
    folder = the_store().folder / "sealed" / seal
    return _opened(folder, _marks(folder)) if (folder / MANIFEST).is_file() else None


@lru_cache(maxsize=32)
def _opened(folder: Path, marks: tuple[tuple[int, int, int], ...]) -> Sealed:
    return open_sealed(folder)


def _marks(folder: Path) -> tuple[tuple[int, int, int], ...]:
    """By which the file system tells that a file was changed."""
    found = [(folder / name).stat() for name in (DATA, SOURCES, MANIFEST) if (folder / name).is_file()]
    return tuple((one.st_ino, one.st_size, one.st_mtime_ns) for one in found)
