"""What is collected: the forms of offices, and the set of values of each unit (一企一单) with its disputes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Machine, Track


class FormDue(models.Model):
    """A form that an office owes for a region (empty: the whole province). `receipts`: what the store answered."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="forms")
    scheme = models.CharField(max_length=60)
    form = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    agency = models.CharField("部门", max_length=60)
    region = models.CharField("地区", max_length=60, blank=True)
    receipts = models.JSONField(default=list)
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    return_reason = models.TextField(blank=True)
    urged_at = models.DateTimeField("催办时间", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "form", "agency", "region"], name="one_form_an_office_and_region")
        ]
        indexes = [models.Index(fields=["track", "region"])]


class ValueSet(Machine):
    """One unit's values in one track. `excluded`: why it is formally out. Names no value: those are in the store."""

    machine = "values"
    track = models.ForeignKey(Track, models.PROTECT, related_name="value_sets")
    scheme = models.CharField(max_length=60)
    unit = models.CharField("单位代码", max_length=60)
    name = models.CharField("名称", max_length=160)
    initials = models.CharField(max_length=80, blank=True)
    county = models.CharField("县（市、区）", max_length=60, blank=True)
    city = models.CharField("设区市", max_length=60, blank=True)
    has_account = models.BooleanField(default=False)
    confirm_by = models.DateTimeField("核对期限", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_for = models.BooleanField("代为确认", default=False)
    signed_scan = models.CharField(max_length=64, blank=True)
    county_submitted_at = models.DateTimeField(null=True, blank=True)
    excluded = models.TextField("不参评的原因", blank=True)
    return_reason = models.TextField("退回原因", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["track", "scheme", "unit"], name="one_set_a_unit")]
        indexes = [
            models.Index(fields=["track", "county", "state"]),
            models.Index(fields=["track", "city", "state"]),
            models.Index(fields=["unit"]),
        ]

    def __str__(self) -> str:
        return self.name


class Dispute(models.Model):
    """One cell that a unit disputes, and the office's answer: a corrected value, or why not."""

    value_set = models.ForeignKey(ValueSet, models.PROTECT, related_name="disputes")
    variable = models.CharField("数据项", max_length=60)
    label = models.CharField(max_length=120)
    agency = models.CharField(max_length=60)
    stands = models.CharField("现用的数", max_length=60, blank=True)
    claimed = models.CharField("本单位认为", max_length=60, blank=True)
    reason = models.TextField("理由")
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answer_by = models.DateTimeField("答复期限", null=True, blank=True)
    corrected = models.BooleanField("更正", null=True, blank=True)
    answer = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, corrected=None) | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="dispute_answered_whole",
            )
        ]
