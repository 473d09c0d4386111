"""The secret of a round, from which every unit's salt comes: read here, made by the act that needs it first."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from mujun.web.models import Round

FOLDER = "secrets"


def secret_file(round_: Round) -> Path:
    return Path(settings.HOME) / FOLDER / f"round-{round_.year}-{round_.pk}.key"


def round_secret(round_: Round) -> bytes | None:
    """None where none was made yet, or it was lost."""
    try:
        return secret_file(round_).read_bytes()
    except FileNotFoundError:
        return None
