"""The site's key: made once, kept in its home, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key of this home; a new one when there is none yet. Two who begin at once end with the same."""
    file = home / "secret.key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(key := secrets.token_urlsafe(48))
    return key
