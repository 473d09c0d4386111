"""What an account's owner has besides his password: a secret in his phone, and codes on paper if that is lost."""

from __future__ import annotations

from django.db import models

from mujun.web.models.people import Account


class SecondFactor(models.Model):
    """`secret` is sealed. `since` None: it was handed out and the phone has not answered yet. `last_step`: the step of
    the last code that was taken; neither it nor one before it is taken again.
    """

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="second_factor")
    secret = models.CharField(max_length=200)
    salt = models.CharField(max_length=32)
    begun_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)
    last_step = models.PositiveBigIntegerField(default=0)


class RecoveryCode(models.Model):
    """One of ten, each for one use. Kept as a slow salted hash, like a password."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    hashed = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)
