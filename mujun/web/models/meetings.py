"""Meetings of the leading group: who was there, who had to stay out, what was decided of each item."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Round


class Meeting(models.Model):
    """The minutes are the act; nobody need vote by log-in. `items`: the list as it lay before the meeting."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    held_on = models.DateField("会议日期", null=True, blank=True)
    scan_hash = models.CharField("纪要扫描件", max_length=64, blank=True)
    present = models.JSONField("到会", default=list)
    tracks = models.JSONField("退回的领域", default=list)
    reason = models.TextField("退回原因", blank=True)
    statement = models.TextField("回避和法定人数", blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="meeting_numbered_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")), name="minutes_by_two"
            ),
        ]


class Item(models.Model):
    """An item of the compiled list and what the meeting said of it. The list of a round is its standing items."""

    class Standing(models.TextChoices):
        PROPOSED = "proposed", "待审定"
        DECIDED = "decided", "已审定"
        DROPPED = "dropped", "不同意"
        REMOVED = "removed", "已移出"

    round = models.ForeignKey(Round, models.PROTECT, related_name="items")
    domain = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    county = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=80, blank=True)
    strengths = models.JSONField(default=list)
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.PROPOSED)
    outcome = models.CharField("审定意见", max_length=6, blank=True)
    decided_in = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="items")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["domain", "position"]
        constraints = [models.UniqueConstraint(fields=["round", "domain", "key"], name="item_once")]


class DuplicateResolved(models.Model):
    """A unit recommended in two domains, or under two names: what the office decided about it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="duplicates_resolved")
    key = models.CharField(max_length=60)
    resolution = models.TextField("处理")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="duplicate_resolved_once")]


class Conflict(models.Model):
    """A conflict of interest somebody declared himself."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    domain = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    reason = models.TextField("情形")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person", "domain", "key"], name="declared_once")]
