"""The record: every act in a chain of hashes, who did what that still counts, what one person proposed to another."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import F, Q

from mujun.digest import Digest, canonical_record
from mujun.proof import Link
from mujun.web.models.people import Person


class AuditEvent(models.Model):
    """One act or one refusal. No foreign keys: the record outlives what it speaks of. Rows are never changed."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    person = models.CharField(max_length=20, blank=True)
    who = models.CharField("谁", max_length=80, blank=True)
    account = models.CharField(max_length=60, blank=True)
    act = models.CharField("办了什么", max_length=40)
    label = models.CharField(max_length=160)
    subject = models.CharField("对象", max_length=60, blank=True)
    about = models.CharField(max_length=160, blank=True)
    outcome = models.CharField(max_length=10)
    facts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["subject"]), models.Index(fields=["person"])]

    @property
    def told(self) -> dict[str, Any]:
        """What is chained: all of the event but its number and hashes. Moments are told in UTC."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        names = ("person", "who", "account", "act", "label", "subject", "about", "outcome", "facts")
        return {"at": at, **{name: getattr(self, name) for name in names}}

    @property
    def link(self) -> Link:
        """The event as the chain has it."""
        return Link(self.seq, canonical_record(self.told).decode(), Digest(self.sha256, self.sm3))


class ActDone(models.Model):
    """Who did an act that a later act must differ from. `void`: it counts no more."""

    subject = models.CharField(max_length=60)
    act = models.CharField(max_length=30)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    edge = models.CharField(max_length=8)
    void = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["subject", "void"])]


class Proposal(models.Model):
    """One person's half of an act of two: what he proposes (`form`), upon which content (a hash)."""

    subject = models.CharField(max_length=60)
    edge = models.CharField(max_length=8)
    content = models.CharField(max_length=64)
    form = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(closed_at=None), name="one_open_proposal"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("person")), name="proposal_by_two"
            ),
        ]


class Message(models.Model):
    """Something to tell a person, or all who hold a role: sent with the act, in its transaction."""

    to_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="messages")
    to_role = models.CharField(max_length=2, blank=True)
    domain = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    text = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    event = models.PositiveBigIntegerField(null=True, blank=True)


class OnceKey(models.Model):
    """A form that was sent already: a double click is one act."""

    key = models.CharField(max_length=64, primary_key=True)
    person = models.CharField(max_length=20)
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    went_to = models.CharField(max_length=200, blank=True)
