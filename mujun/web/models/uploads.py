"""Files that offices sent, on their way into the store. What was found in them is a file too, by hash."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Track


class Upload(models.Model):
    """One file for one form. `attempt` counts what was asked to be done with it; `begun_at` is empty in the queue."""

    class Stage(models.TextChoices):
        LOOKING = "looking", "正在核对"
        LOOKED = "looked", "核对完"
        BRINGING = "bringing", "正在入库"
        IN = "in", "已入库"
        FAILED = "failed", "没有核对完"
        GONE = "gone", "不用了"

    track = models.ForeignKey(Track, models.PROTECT, related_name="uploads")
    form = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    account = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    large = models.BooleanField(default=False)
    at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.LOOKING)
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=120, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    reasons = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True, blank=True)
    found = models.CharField(max_length=64, blank=True)
    errors = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    marked = models.CharField(max_length=64, blank=True)
    receipt = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["track", "form", "person", "sha256"],
                condition=Q(stage__in=["looking", "looked", "bringing", "failed"]),
                name="one_open_upload_of_a_file",
            )
        ]
        indexes = [models.Index(fields=["person", "stage"])]

    @property
    def running(self) -> bool:
        return self.stage in (Upload.Stage.LOOKING, Upload.Stage.BRINGING)
