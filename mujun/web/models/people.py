"""People, their log-ins, and the roles they hold from one day to another. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac


class Person(models.Model):
    """A human being. Two log-ins of one person stay one person. `places`, `desks`: None where nobody recorded them."""

    name = models.CharField("姓名", max_length=60)
    office = models.CharField("单位", max_length=120, blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    places = models.JSONField("来自", null=True, blank=True)
    desks = models.JSONField("处室", null=True, blank=True)
    real_name = models.BooleanField("已实名", default=False)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def create_account(self, username: str, person: Person, password: str | None = None, **more: Any) -> Account:
        account = self.model(username=username, person=person, **more)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """A log-in of a person. A password that was handed out (`must_change_password`) works once, until `initial_until`.

    `epoch` grows when his sessions have to end: one that was begun before is no longer his.
    """

    username = models.CharField("用户名", max_length=60, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    initial_until = models.DateTimeField("初始密码有效期至", null=True, blank=True)
    epoch = models.PositiveIntegerField(default=0)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    def get_session_auth_hash(self) -> str:
        return salted_hmac("mujun.session", f"{self.password}:{self.epoch}", algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        yield from ()


class ActivationCode(models.Model):
    """A code printed on a unit's 一企一单 to make its account with: once, for a while. Only its hash is kept."""

    unit = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    code_hash = models.CharField(max_length=64)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField("有效期至")
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    void = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "void"])]


class RoleGrant(models.Model):
    """A role held from `since` until `until`, within what it names. Proposed by one, granted by another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=2)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    domain = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    agency = models.CharField(max_length=60, blank=True)
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    granted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(granted_by=None) | ~Q(proposed_by=F("granted_by")),
                name="grant_by_two",
            )
        ]
        indexes = [models.Index(fields=["role", "domain"])]
