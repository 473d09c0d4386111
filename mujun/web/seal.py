"""What the site has to read again but nobody else may: sealed with a key drawn from the site's own (AES-256-GCM).

A copy of the database alone does not open it; the home as a whole, or a backup of it, does.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

_NONCE = 12


def seal(text: str, whose: str) -> str:
    """Opened again only for the same `whose`, so that a row cannot be put in another's place."""
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + _key().encrypt(nonce, text.encode(), whose.encode())).decode("ascii")


def unseal(sealed: str, whose: str) -> str:
    """Raises InvalidTag where it was sealed for somebody else, or with another key."""
    data = base64.b64decode(sealed)
    return _key().decrypt(data[:_NONCE], data[_NONCE:], whose.encode()).decode()


def _key() -> AESGCM:
    return AESGCM(salted_hmac("mujun.seal", "second factor", secret=settings.SECRET_KEY, algorithm="sha256").digest())
