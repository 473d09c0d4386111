"""A salt for every private record: without it, a score in a leaf is found by trying all scores there can be."""

from __future__ import annotations

import hashlib
import hmac

from mujun.digest import canonical_record

LEAST_SECRET = 32


def derive_salt(secret: bytes, purpose: str, key: str) -> bytes:
    """The salt of one unit in one tree: HMAC-SHA256 of purpose and key under the round's secret.

    It is printed on the unit's own statement, so that the unit can check its leaf; of another's it tells nothing.
    """
    if len(secret) < LEAST_SECRET:
        raise ValueError("the round's secret has at least 32 bytes")
    return hmac.digest(secret, canonical_record([purpose, key]), hashlib.sha256)
