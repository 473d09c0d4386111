"""How often something was tried lately. Keys are hashes: whoever reads the table learns no name and no address."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """`count` tries until the moment `until`, when it begins anew. `name`: a hash of the log-in it is about, if any."""

    key = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=64, blank=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"]), models.Index(fields=["name"])]
