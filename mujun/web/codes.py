"""The six digits that a phone and the site both know for half a minute (RFC 6238). Knows no account and no clock."""

from __future__ import annotations

from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError

SECONDS = 30
DRIFT = 1
"""How many steps a phone's clock may be early or late."""


def draw_secret() -> str:
    """160 bits in base 32, as every authenticator reads them."""
    return pyotp.random_base32()


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // SECONDS


def step_of(secret: str, said: str, at: datetime) -> int | None:
    """The step whose code was said, if it is of now, one earlier or one later."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(said, for_time=at, valid_window=DRIFT)
    except OTPVerificationError:
        return None


def code_of(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


def address(secret: str, username: str, issuer: str) -> str:
    """What the picture says to the phone."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)
