"""What every page knows: who asks, what time it is, and whether the data are fictitious."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from mujun.web.models import Round


def everywhere(request: HttpRequest) -> dict[str, Any]:
    doer = getattr(request, "doer", None)
    return {
        "demo": settings.DEMO,
        "now": getattr(request, "now", None),
        "doer": doer,
        "administers": doer is not None and doer.holds("SA", "SE", "AU", "K"),
        "round_now": Round.objects.exclude(state="CANCELLED").order_by("-year").first(),
    }
