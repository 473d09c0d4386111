"""A person's desk: what waits for him, by when, and what blocks it, in that order."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from mujun.web.clock import move_clock
from mujun.web.queries.desk import due_of, messages_for, waiting_for
from mujun.web.queries.remembered import remembering
from mujun.web.views.base import Request, own_page
from mujun.web.views.options import options
from mujun.workflow.moment import CHINA


@own_page
def desk(request: Request) -> HttpResponse:
    waiting = waiting_for(request.doer, request.now)
    acts = []
    with remembering():
        for row in waiting.rows:
            mine = [one for one in options(row, request.doer, request.now) if one.forward]
            if mine:
                acts.append((row, mine, due_of(row)))
    today = request.now.astimezone(CHINA).date()
    tasks = sorted(waiting.tasks, key=lambda task: (bool(task.blocked), task.due is None, task.due or request.now))
    doable = [one for one in tasks if not one.blocked] + [one for _, some, _ in acts for one in some if one.ready]
    late = sum(task.due is not None and task.due < request.now for task in tasks if not task.blocked)
    late += sum(one.ready for _, some, due in acts if due is not None and due < today for one in some)
    return render(
        request,
        "mujun/desk.html",
        {
            "acts": acts,
            "tasks": tasks,
            "first": doable[0] if doable else None,  # the only red one: what is due first, else the first act
            "count": len(doable),
            "today": today,
            "late": late,
            "blocked": len(tasks) + sum(len(some) for _, some, _ in acts) - len(doable),
            "letters": messages_for(request.doer),
        },
    )


@require_POST
@own_page
def clock(request: Request) -> HttpResponse:
    """Move the clock of a demo site forward."""
    from django.conf import settings

    if not settings.DEMO:
        raise Http404
    to = datetime.fromisoformat(request.POST["to"])
    move_clock(to if timezone.is_aware(to) else timezone.make_aware(to))
    return redirect("desk")
