"""Make the secret of a round, once: 32 random bytes in the site's home, readable by its owner alone."""

from __future__ import annotations

import os
import secrets

from mujun.proof.salt import LEAST_SECRET
from mujun.web.models import Round
from mujun.web.queries.publishing.secret import round_secret, secret_file


def make_secret(round_: Round) -> bytes:
    """The one that is there, or a new one. Two who begin at once end with the same."""
    file = secret_file(round_)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(secrets.token_bytes(LEAST_SECRET))
        opened.flush()
        os.fsync(opened.fileno())
    try:
        os.link(half, file)
    except FileExistsError:
        pass
    finally:
        half.unlink()
    found = round_secret(round_)
    assert found is not None, "it was just made"
    return found
