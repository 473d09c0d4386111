"""Addresses of compiling and deciding."""

from __future__ import annotations

from django.urls import path

from mujun.web.views import decision

urlpatterns = [
    path("rounds/<int:year>/compile/", decision.compiled, name="compiled"),
    path("rounds/<int:year>/compile/duplicates/<str:key>/", decision.duplicate, name="duplicate"),
    path("rounds/<int:year>/compile/pack/fix/", decision.fix, name="fix_pack"),
    path("rounds/<int:year>/pack/", decision.pack, name="pack"),
    path("rounds/<int:year>/minutes/", decision.minutes, name="minutes"),
    path("rounds/<int:year>/conflicts/", decision.conflicts, name="conflicts"),
]
