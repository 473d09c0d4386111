"""Who does what and when, for everybody; one's own roles first."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mujun.web.queries.help import parts
from mujun.web.views.base import Request, public_page


@public_page
def show(request: Request) -> HttpResponse:
    held = {role.value for role in request.doer.roles}
    told = parts()
    return render(
        request,
        "mujun/help.html",
        {"mine": [one for one in told if one.role in held], "others": [one for one in told if one.role not in held]},
    )
