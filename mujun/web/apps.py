"""The application as Django knows it. After every migration the database learns which edges are legal."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MujunWeb(AppConfig):
    name = "mujun.web"
    label = "mujunweb"
    verbose_name = "亩均"

    def ready(self) -> None:
        from mujun.web.actions import registered  # noqa: F401 - importing registers
        from mujun.web.forms import registered as forms  # noqa: F401
        from mujun.web.models.guards import install_guards

        post_migrate.connect(install_guards, sender=self)
