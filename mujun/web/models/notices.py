"""Public notices of the decided list, and the objections to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Machine, Round


class PublicNotice(models.Model):
    """`names`: the items (domain:key) it covers. `scope`: by domain, whether its list is issued and why.

    It can be extended, never shortened. `files`: what went out with it, by path, each a hash in the store.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField()
    list_hash = models.CharField(max_length=64)
    names = models.JSONField(default=list)
    opens_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("截止")
    contact = models.CharField("联系人和电话", max_length=200)
    ways = models.TextField("提出异议的途径")
    basis = models.TextField("公示依据")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    document_hash = models.CharField(max_length=64, blank=True)
    scope = models.JSONField("公布范围", default=dict)
    checkpoint = models.JSONField("校验单", default=dict)
    files = models.JSONField("文件", default=dict)

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="notice_numbered_once"),
            models.CheckConstraint(condition=Q(opened_by=None) | ~Q(opened_by=F("drafted_by")), name="notice_by_two"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("opens_at")), name="notice_ends_after_it_opens"),
        ]


class NoticeExtension(models.Model):
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="extensions")
    ended_at = models.DateTimeField("原定截止")
    ends_at = models.DateTimeField("延长至")
    reason = models.TextField("原因")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("ended_at")), name="notice_only_extended"),
            models.CheckConstraint(condition=~Q(by=F("proposed_by")), name="extension_by_two"),
        ]


class Objection(Machine):
    """An objection with its receipt. Who objects is seen by those who receive and decide it, and by nobody else."""

    machine = "objection"
    round = models.ForeignKey(Round, models.PROTECT, related_name="objections")
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="objections")
    receipt = models.CharField("受理号", max_length=30, unique=True)
    received_at = models.DateTimeField("收到时间")
    late = models.BooleanField("超期", default=False)
    domain = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=60, blank=True)
    target_name = models.CharField("对象", max_length=160, blank=True)
    text = models.TextField("异议内容")
    text_hash = models.CharField(max_length=64)
    objector = models.CharField("姓名", max_length=80, blank=True)
    objector_phone = models.CharField("联系方式", max_length=80, blank=True)
    objector_person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    real_name = models.BooleanField("实名", default=False)
    may_disclose = models.BooleanField("同意向对方公开身份", default=False)
    look_up_code = models.CharField(max_length=64)
    on_paper = models.BooleanField("书面", default=False)
    scan_hash = models.CharField(max_length=64, blank=True)
    evidence = models.JSONField("证据", default=list)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    admitted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    answer_due = models.DateField("答复期限", null=True, blank=True)
    refusal = models.CharField("不予受理的理由", max_length=10, blank=True)
    next_door = models.TextField("还可以找谁", blank=True)
    duplicate_of = models.CharField(max_length=30, blank=True)
    concerns_notice = models.BooleanField(null=True, blank=True)
    changes_list = models.BooleanField("须变更名单", null=True, blank=True)
    change = models.JSONField("怎样变更", default=dict)
    change_settled = models.BooleanField(default=False)
    remedy = models.TextField("怎样纠正", blank=True)
    forwarded_to = models.CharField("已转", max_length=120, blank=True)
    answer_sent_at = models.DateTimeField("答复送达", null=True, blank=True)

    def __str__(self) -> str:
        return f"异议 {self.receipt}"

    class Meta:
        ordering = ["received_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("admitted_by")), name="objection_decided_by_another"
            )
        ]


class Ground(models.Model):
    """One ground of an objection and the answer to it."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="grounds")
    text = models.TextField("理由")
    answer = models.TextField("答复", blank=True)


class Question(models.Model):
    """Asked of the objector or of the objected-to party while the objection is admitted."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="questions")
    to = models.CharField("问谁", max_length=20)
    text = models.TextField("问题")
    due = models.DateField("期限")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField("回答", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
