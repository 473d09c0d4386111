"""Lists: what a department recommends from its frozen run, or the document whose list is adopted for domain ①."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Track
from mujun.web.models.runs import Run


class Nomination(models.Model):
    """A list of a track, in the version that was drafted, signed and handed in. `content_hash` is of its items."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="nominations")
    number = models.PositiveSmallIntegerField()
    run = models.ForeignKey(Run, models.PROTECT, null=True, blank=True, related_name="nominations")
    content_hash = models.CharField(max_length=64)
    signed_hash = models.CharField(max_length=64, blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["track", "number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="nomination_numbered_once"),
            models.UniqueConstraint(fields=["track"], condition=Q(voided_at=None), name="one_standing_list"),
            models.CheckConstraint(condition=Q(signed_by=None) | ~Q(signed_by=F("drafted_by")), name="list_by_two"),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("signed_by")), name="accepted_by_another"
            ),
        ]


class NominationItem(models.Model):
    """A unit of a list. `passed_over`: left out though its rank would put it in; the reason goes into the pack."""

    class Kind(models.TextChoices):
        LISTED = "listed", "推荐"
        RESERVE = "reserve", "备选"
        PASSED_OVER = "passed_over", "未按名次推荐"

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.LISTED)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    county = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=80, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    score = models.CharField(max_length=24, blank=True)
    strengths = models.JSONField("突出之处", default=list)
    reason = models.TextField("理由", blank=True)

    class Meta:
        ordering = ["nomination", "position"]
        constraints = [models.UniqueConstraint(fields=["nomination", "key"], name="listed_once")]


class AdoptedDocument(models.Model):
    """The external document of domain ①: number, date, scan, names; every difference from our ranking explained."""

    track = models.OneToOneField(Track, models.PROTECT, related_name="adopted_document")
    title = models.CharField("文件名称", max_length=200)
    document_number = models.CharField("文号", max_length=60)
    dated = models.DateField("日期", null=True, blank=True)
    scan_hash = models.CharField("扫描件", max_length=64, blank=True)
    keys = models.JSONField(default=list)
    explained = models.JSONField(default=dict)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
