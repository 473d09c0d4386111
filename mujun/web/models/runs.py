"""Runs of the engine: one is frozen; a voided one stays, visibly. The results are files by hash; rows are an index."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Track


class Run(models.Model):
    """`data_hash`, `scheme_hash`: what it was run on. `result_hash`: of evaluation.json, which holds all others."""

    class Progress(models.TextChoices):
        QUEUED = "queued", "排队"
        RUNNING = "running", "计算中"
        DONE = "done", "已完成"
        FAILED = "failed", "未完成"

    track = models.ForeignKey(Track, models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField()
    progress = models.CharField(max_length=10, choices=Progress.choices, default=Progress.QUEUED)
    step = models.CharField(max_length=80, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    data_hash = models.CharField(max_length=64)
    scheme_hash = models.CharField(max_length=64)
    result_hash = models.CharField(max_length=64, blank=True)
    summary = models.JSONField(default=dict)
    run_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    run_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["track", "number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="run_numbered_once"),
            models.UniqueConstraint(
                fields=["track"], condition=Q(frozen_at__isnull=False, voided_at=None), name="one_frozen_run"
            ),
            models.CheckConstraint(condition=Q(frozen_by=None) | ~Q(frozen_by=F("run_by")), name="frozen_by_another"),
        ]

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None and self.voided_at is None


class RunUnit(models.Model):
    """One unit of a run, for lists and search. Scores are text, as printed."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="units")
    scheme = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    initials = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=40)
    score = models.CharField(max_length=24, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)
    tier = models.CharField(max_length=20, blank=True)
    selected = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    flags = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "scheme", "key"], name="one_row_a_unit")]
        indexes = [
            models.Index(fields=["run", "group", "rank"]),
            models.Index(fields=["run", "county"]),
            models.Index(fields=["run", "name"]),
            models.Index(fields=["key"]),
        ]


class Rating(models.Model):
    """A judged item: one rater's mark for one unit. Other raters' marks are hidden until one's own is in."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="ratings")
    variable = models.CharField(max_length=60)
    unit = models.CharField(max_length=60)
    rater = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mark = models.DecimalField("得分", max_digits=6, decimal_places=2)
    why = models.TextField("理由")
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["track", "variable", "unit", "rater"], name="rated_once")]
