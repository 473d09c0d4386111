"""What was issued. A publication is never changed: a correction is another one, linked to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from mujun.web.models.people import Person
from mujun.web.models.rounds import Round


class Publication(models.Model):
    """`list_hash`: of the checkpoint, from which all its lists hang (校验码). `files`: what went out, by path, each a
    hash in the store. 成文日期, 印发日期: two days, two fields.
    """

    class Kind(models.TextChoices):
        LIST = "list", "印发名单"
        CORRECTION = "correction", "更正"
        TITLE = "title", "称号变更"

    round = models.ForeignKey(Round, models.PROTECT, related_name="publications")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    document_number = models.CharField("文号", max_length=60, unique=True)
    dated = models.DateField("成文日期")
    printed_on = models.DateField("印发日期")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    list_hash = models.CharField(max_length=64)
    decided_hash = models.CharField(max_length=64)
    checkpoint = models.JSONField(default=dict)
    files = models.JSONField("文件", default=dict)
    reason = models.TextField(blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="publication_numbered_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(kind="list"), name="one_list_a_round"),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | ~Q(proposed_by=F("published_by")), name="publication_by_two"
            ),
        ]


class PublishedItem(models.Model):
    """A row of a publication. `struck`: a later publication took it back; it stays, struck through."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="items")
    domain = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    slug = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    initials = models.CharField(max_length=80, blank=True)
    county = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=60, blank=True)
    group = models.CharField(max_length=80, blank=True)
    strengths = models.JSONField(default=list)
    struck = models.BooleanField(default=False)

    class Meta:
        ordering = ["domain", "position"]
        constraints = [models.UniqueConstraint(fields=["publication", "domain", "key"], name="published_once")]
        indexes = [models.Index(fields=["slug"]), models.Index(fields=["county"])]
