"""A round, its calendar, its seven tracks, and the document numbers it has taken."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mujun.web.models.people import Person
from mujun.workflow.states import RoundState, TrackState


class Machine(models.Model):
    """Anything that has a state: moved only by `actions.step`, one version at a time."""

    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)

    machine = ""
    """Which of workflow.yaml's machines it is."""

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """How the record names it: `track:12`."""
        return f"{self.machine}:{self.pk}"


class Round(Machine):
    """One year of the programme. `basis_round` names the folder of `programme/` it starts from."""

    machine = "round"
    year = models.PositiveSmallIntegerField("年度")
    programme = models.CharField(max_length=20)
    title = models.CharField("名称", max_length=120)
    document_number = models.CharField("方案文号", max_length=40, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    list_hash = models.CharField("名单哈希", max_length=64, blank=True)
    decided_hash = models.CharField("审定名单哈希", max_length=64, blank=True)
    pack_hash = models.CharField("会议材料哈希", max_length=64, blank=True)
    cancelled_because = models.TextField(blank=True)
    public_statement = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=~Q(state=RoundState.CANCELLED.value), name="one_round_a_year"
            ),
            models.CheckConstraint(
                condition=Q(planned_by=None) | ~Q(planned_by=models.F("drafted_by")), name="round_by_two"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CalendarEntry(models.Model):
    """A step of the round's calendar. `left_open`: the notice gives it no time."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="calendar")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    label = models.CharField("事项", max_length=60)
    clause = models.CharField(max_length=60)
    starts = models.DateField("开始", null=True, blank=True)
    ends = models.DateField("截止", null=True, blank=True)
    left_open = models.BooleanField("原文未定", default=False)
    done_on = models.DateField("办结", null=True, blank=True)

    class Meta:
        ordering = ["order"]


class Track(Machine):
    """A domain in a round. `sealed`: the datasets that are locked, by scheme."""

    machine = "track"
    round = models.ForeignKey(Round, models.PROTECT, related_name="tracks")
    domain = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    lead_agency = models.CharField(max_length=60)
    clause = models.CharField(max_length=60)
    trial = models.BooleanField("试评价", default=False)
    adopted = models.BooleanField("采用名单", default=False)
    left_out = models.TextField("不纳入的原因", blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    data_must_change = models.BooleanField(null=True, blank=True)
    unlock_until = models.DateTimeField("限时解锁至", null=True, blank=True)
    confirm_by = models.DateTimeField("确认期限", null=True, blank=True)
    sealed = models.JSONField("锁定的数据集", default=dict)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["round", "domain"], name="one_track_a_domain")]

    def __str__(self) -> str:
        return self.label

    @property
    def is_accepted(self) -> bool:
        return self.state == TrackState.ACCEPTED


class DocumentNumber(models.Model):
    """A 文号 that was taken: once."""

    number = models.CharField(max_length=60, unique=True)
    taken_for = models.CharField(max_length=60)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
