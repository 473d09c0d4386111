"""A process of the site that is loaded, forks for every line it reads, and does what the line says on that home.

A line: what to do, the home. The child tells "begun", then "done" once the act was acknowledged.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["MUJUN_HOME"] = sys.argv[1]
os.environ["MUJUN_DEMO"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "mujun.web.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from mujun.web.actions.evaluate import carry_out_run  # noqa: E402
from mujun.web.actions.values.hand_in import hand_in  # noqa: E402
from mujun.web.actions.values.uploads import ask_to_bring_in, begin_again, carry_on, receive  # noqa: E402
from mujun.web.evidence import keep  # noqa: E402
from mujun.web.living import decision, notice, round  # noqa: E402
from mujun.web.living.people import demo_doer, settle_people  # noqa: E402
from mujun.web.models import (  # noqa: E402
    DocumentNumber,
    Publication,
    PublishedItem,
    Round,
    Run,
    RunUnit,
    Track,
    Upload,
)
from mujun.web.queries.audit import verify_record  # noqa: E402
from mujun.web.queries.values.uploads import has_died  # noqa: E402
from tests.web import collecting  # noqa: E402
from tests.web.shortcuts import accept_lists, lock_with, plans_in_force  # noqa: E402

LISTS = {"manufacturing": [(f"M{number}", f"甲{number}厂（示例）", "滨江区") for number in range(60)]}


def prepare(data: str) -> None:
    """A round on notice, its services collecting; another site's counties with a run in the queue."""
    call_command("migrate", verbosity=0)
    settle_people("shili-mima-2019")
    made = round.live_begun()
    round.live_planned(made)
    made.refresh_from_db()
    round.live_tracks_begun(made)
    if data:
        from mujun.web.actions.evaluate import ask_for_run
        from tests.web.shortcuts import issue_plan

        collecting.open_services(made)
        track = Track.objects.select_related("round").get(domain="county")
        issue_plan(track, collecting.OPENED, "示例〔2019〕2号")
        lock_with(track, {"county": Path(data)})
        ask_for_run(track=track, by=demo_doer("a", collecting.OPENED), now=collecting.OPENED)
        return
    accept_lists(made, LISTS, decision.COMPILED)
    for live in (decision.live_compiled, decision.live_review, decision.live_decided):
        live(made)
    plans_in_force(made, decision.COMPILED)
    notice.live_notice(made)


def publish() -> None:
    notice.live_issued(Round.objects.get())


def evaluate() -> None:
    carry_out_run(Run.objects.get(), lambda: collecting.LATE)


def bring_in() -> None:
    """As the pages and the worker do: received, looked at, brought in, handed in."""
    track = Track.objects.select_related("round").get(domain="services")
    by, now = demo_doer("p-发展改革", collecting.OPENED), collecting.OPENED
    sent = keep(collecting.sheet_of(track, "发展改革"))
    receive(desk=collecting.desk_for(track, "发展改革"), sha256=sent, name="发展改革.csv", by=by, now=now)
    finish()
    hand_in(desk=collecting.desk_for(track, "发展改革"), nothing_because=collecting.NOTHING, by=by, now=now)


def finish() -> str:
    """The upload as its sender and the worker go on with it, from wherever it stands, to its end."""
    upload = Upload.objects.first()
    for _ in range(6):
        if upload is None or upload.stage == "in":
            break
        if upload.stage == "looked":
            assert ask_to_bring_in(upload=upload, reasons={})
        elif has_died(upload):
            assert begin_again(upload=upload)
        carry_on(upload.pk, upload.attempt, lambda: collecting.OPENED)
        upload.refresh_from_db()
    return "" if upload is None else upload.stage


def check_publish() -> str:
    """All or nothing, in words."""
    state = Round.objects.get().state
    there = (Publication.objects.count(), PublishedItem.objects.count(), DocumentNumber.objects.filter(
        number="浙亩均办〔2019〕12号").count())  # fmt: skip
    return {("NOTICE", (0, 0, 0)): "nothing", ("PUBLISHED", (1, 60, 1)): "all"}.get((state, there), f"{state} {there}")


def check_evaluate() -> str:
    track, run = Track.objects.get(domain="county"), Run.objects.get()
    if track.state == "LOCKED" and run.progress in ("queued", "running"):
        return "nothing"
    units = track.sealed["county"]["units"]
    whole = (track.state, run.progress, bool(run.result_hash), run.units.count()) == ("EVALUATED", "done", True, units)
    return "all" if whole else f"{track.state} {run.progress} {RunUnit.objects.count()}"


def check_bring_in() -> str:
    from mujun.store.verify import verify
    from mujun.web.evidence import the_store
    from mujun.web.models import FormDue, ValueSet

    broken = [str(one) for one in verify(the_store()) if one.severity.value == "error"] if the_store().exists else []
    due = FormDue.objects.filter(track__domain="services", agency="发展改革")
    handed, sets = due.exclude(submitted_at=None).count(), ValueSet.objects.count()
    if broken:
        return str(broken)
    if finish() not in ("", "in") or ValueSet.objects.count() not in (0, 3):
        return "cannot be gone on with"
    return "all" if handed == due.count() and sets == 3 else "nothing" if not handed and sets in (0, 3) else "half"


ACTS = {"publish": publish, "evaluate": evaluate, "bring_in": bring_in}
CHECKS = {"publish": check_publish, "evaluate": check_evaluate, "bring_in": check_bring_in}


def go_to(home: str) -> None:
    connection.close()
    settings.HOME = Path(home)
    connection.settings_dict["NAME"] = str(Path(home) / "mujun.sqlite3")


def main() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        what, act, home, *more = line.split()
        child = os.fork()
        if not child:
            go_to(home)
            if what == "prepare":
                prepare(more[0] if more else "")
                print("done", flush=True)
            elif what == "do":
                assert act in ACTS
                print(f"begun {os.getpid()}", flush=True)
                ACTS[act]()
                print("done", flush=True)
            else:
                print(f"found {CHECKS[act]()} {len(verify_record())}", flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
