"""The site's store: bytes by their hash. Rows point at them; nothing in it is ever changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from mujun.digest import canonical_json
from mujun.store import Store


def the_store() -> Store:
    return Store(Path(settings.HOME) / "store")


def keep(data: bytes) -> str:
    """Store bytes; their SHA-256. Storing the same again changes nothing."""
    return the_store().put(data).sha256


def keep_json(value: Any) -> str:
    return keep(canonical_json(value))


def kept(sha256: str) -> bytes:
    return the_store().evidence(sha256).read_bytes()


def kept_json(sha256: str) -> Any:
    return json.loads(kept(sha256))
