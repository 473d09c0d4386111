"""Plans of a domain: a draft, then issued under a document number; a revised plan is another plan."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Track


class Plan(models.Model):
    """`schemes`: the rule files by scheme id, each a hash in the store. `clauses`: what issuing wrote."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    schemes = models.JSONField(default=dict)
    clauses = models.JSONField(default=list)
    silence_confirms = models.BooleanField("逾期视为无异议", default=True)
    confirm_workdays = models.PositiveSmallIntegerField("核对期限（工作日）", default=5)
    note = models.TextField("说明", blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    document_number = models.CharField("文号", max_length=60, blank=True)
    voided_at = models.DateTimeField("作废", null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["track", "number"]
        constraints = [
            models.UniqueConstraint(fields=["track", "number"], name="plan_numbered_once"),
            models.CheckConstraint(condition=Q(issued_by=None) | ~Q(issued_by=F("drafted_by")), name="plan_by_two"),
            models.CheckConstraint(
                condition=Q(issued_by=None, issued_at=None) | Q(issued_by__isnull=False, issued_at__isnull=False),
                name="plan_issued_whole",
            ),
        ]

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None
