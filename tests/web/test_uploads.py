"""A large file is looked at and brought in by a job; its sender may leave and come back. Nobody else sees it."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote, unquote

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import Settings

from mujun.web.actions.values import uploads
from mujun.web.actions.values.bring_in import NotBroughtIn, bring_in
from mujun.web.actions.values.upload_job import carry_upload_on
from mujun.web.actions.values.uploads import ask_to_bring_in, begin_again, give_up, receive
from mujun.web.evidence import keep, the_store
from mujun.web.living.people import demo_doer, settle_agency
from mujun.web.models import Account, AuditEvent, Person, RoleGrant, Round, Track, Upload, ValueSet
from mujun.web.queries.values.uploads import has_died, is_large, job_name, told_of_upload
from tests.web import collecting
from tests.web.collecting import OPENED, A, desk_for, report, sheet_of

AsAt = Callable[[str, datetime], Client]
URL = "/rounds/2019/services/"
TAX = f"{URL}form/services/税务/"
DUMMY = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
"""A queue that no worker empties."""


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> None:
    """The database forgets after each test; so must the store. Every file is large, till a test says otherwise."""
    settings.HOME, settings.SMALL_UPLOAD = tmp_path, 0


@pytest.fixture
def track(planned: Round) -> Track:
    """Where the firms are is known; the tax office reports."""
    opened = collecting.open_services(planned)
    report(opened, "发展改革")
    return opened


@pytest.fixture
def queued(settings: Settings) -> None:
    settings.TASKS = DUMMY


def send(track: Track, **changed: list[str]) -> Upload:
    """Received, in the queue."""
    data = sheet_of(track, "税务", **changed)
    by = demo_doer("p-税务", OPENED)
    return receive(desk=desk_for(track, "税务"), sha256=keep(data), name="税务.csv", by=by, now=OPENED)


def work(upload: Upload) -> Upload:
    """The worker takes it from the queue."""
    carry_upload_on.call(upload.pk, upload.attempt)
    upload.refresh_from_db()
    return upload


def post_file(browser: Client, data: bytes, name: str = "税务.csv") -> str:
    return str(browser.post(TAX, {"file": SimpleUploadedFile(name, data)})["Location"])


@pytest.mark.usefixtures("queued")
def test_a_large_file_waits_for_the_worker_and_is_found_again(track: Track, as_: AsAt) -> None:
    browser = as_("p-税务", OPENED)

    place = post_file(browser, sheet_of(track, "税务"))
    upload = Upload.objects.get()
    waiting = browser.get(place).content.decode()
    desk, forms = (browser.get(one).content.decode() for one in ("/desk/", f"{URL}forms/"))

    assert (place, upload.stage, upload.large) == (f"{URL}upload/{upload.pk}/", "looking", True)
    assert 'hx-trigger="every 2s"' in waiting
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in waiting
    assert ("“税务.csv”正在办" in desk, "税务.csv：排队等核对" in forms) == (True, True)
    work(upload)
    checked = browser.get(place).content.decode()
    assert ("<h1>可以入库</h1>" in checked, the_store().head()) == (True, 1)  # the dry run writes nothing
    assert "“税务.csv”核对完，待入库" in browser.get("/desk/").content.decode()

    browser.post(place)
    assert told_of_upload(Upload.objects.get()) == "排队等入库"
    upload = work(Upload.objects.get())

    assert (upload.stage, upload.receipt[:6], the_store().head()) == ("in", "000002", 2)
    assert AuditEvent.objects.filter(act="V1").count() == 2  # the other is 发展改革's
    assert "<h1>已入库</h1>" in browser.get(place).content.decode()
    assert "税务.csv：" not in browser.get(f"{URL}forms/").content.decode()


def test_a_small_file_is_looked_at_at_once(track: Track, as_: AsAt, settings: Settings) -> None:
    settings.SMALL_UPLOAD, settings.TASKS = 2 << 20, DUMMY
    browser = as_("p-税务", OPENED)

    place = post_file(browser, sheet_of(track, "税务"))
    checked = browser.get(place).content.decode()
    done = browser.post(place)

    assert "<h1>可以入库</h1>" in checked
    assert (unquote(done["Location"]), Upload.objects.get().stage) == (TAX, "in")


def test_values_typed_by_hand_are_asked_for_with_their_measure(track: Track, as_: AsAt, settings: Settings) -> None:
    settings.SMALL_UPLOAD = 2 << 20
    browser, place = as_("p-税务", OPENED), f"{URL}by-hand/services/税务/"

    page = browser.get(place).content.decode()
    sent = browser.post(place, {"c3-0": A, "c3-1": "甲服务有限公司（示例）", "c3-2": "一百"})

    assert page.count('<th scope="col">税收实际贡献（万元）</th>') == 1
    assert page.count('aria-label="第1行税收实际贡献（万元）"') == 1
    assert ("C2 " in browser.get(sent["Location"]).content.decode(), told_of_upload(Upload.objects.get())) == (
        True,
        "有1处错误",
    )


def test_what_is_large_is_told_by_the_size_inflated(tmp_path: Path, settings: Settings) -> None:
    settings.SMALL_UPLOAD = 2 << 20

    def workbook(rows: int) -> str:
        with xlsxwriter.Workbook(tmp_path / "x.xlsx") as book:
            sheet = book.add_worksheet()
            for row in range(rows):
                sheet.write_row(row, 0, range(20))
        return keep((tmp_path / "x.xlsx").read_bytes())

    assert [is_large(workbook(rows), "x.xlsx") for rows in (1_000, 6_000)] == [False, True]
    assert [is_large(keep(b"1," * half), "x.csv") for half in (200_000, 300_000)] == [False, True]
    assert is_large(keep(b"no workbook" * 1_000_000), "x.xlsx") is False  # refused as soon as it is opened


def test_nobody_else_sees_an_upload(track: Track, as_: AsAt) -> None:
    upload = work(send(track))
    settle_agency("", "税务", "上城区")
    other = Account.objects.create_account("p-税务-2", _colleague(), "shili-mima-2019").username
    paths = ("", "progress/", "marked/")

    def answers(login: str) -> list[int]:
        browser = as_(login, OPENED)
        seen = [browser.get(f"{URL}upload/{upload.pk}/{one}").status_code for one in paths]
        return seen + [browser.post(f"{URL}upload/{upload.pk}/{one}").status_code for one in ("again/", "give-up/", "")]

    for login in ("p-统计", "p-税务-上城区", other, "c-services", "k-330102"):
        assert answers(login) == [404] * 6, login
    upload.refresh_from_db()
    assert (upload.stage, upload.attempt) == ("looked", 1)
    assert as_("p-税务", OPENED).get(f"{URL}upload/{upload.pk}/").status_code == 200


def _colleague() -> Person:
    """Another of the same office, with the same role."""
    grant = RoleGrant.objects.get(person__name__contains="税务", region="浙江省", role="P")
    person = Person.objects.create(name="税务同事（示例）", places=[], desks=[], real_name=True)
    grant.pk, grant.person = None, person
    grant.save()
    return person


def test_sent_twice_and_pressed_twice_is_one_import(track: Track) -> None:
    first, again = send(track), send(track)
    assert (again.pk, again.attempt) == (first.pk, 1)
    work(first)
    carry_upload_on.call(first.pk, 1)  # the queue may deliver twice

    assert ask_to_bring_in(upload=first, reasons={})
    assert not ask_to_bring_in(upload=Upload.objects.get(), reasons={})
    work(first)
    work(first)

    assert [one.act for one in the_store().entries()] == ["batch", "batch"]
    assert AuditEvent.objects.filter(act="V1").count() == 2  # the other is 发展改革's


def test_a_mended_file_takes_the_place_of_the_one_with_errors(track: Track, as_: AsAt) -> None:
    wrong = work(send(track, tax=["100", "一百", "300"]))
    told = told_of_upload(wrong)
    marked = as_("p-税务", OPENED).get(f"{URL}upload/{wrong.pk}/marked/")
    sheet = openpyxl.load_workbook(io.BytesIO(marked.content))["税务"]
    notes = [cell.coordinate for row in sheet for cell in row if cell.comment]

    mended = work(send(track))

    wrong.refresh_from_db()
    assert (told, wrong.marked != "", notes) == ("有1处错误", True, ["C3"])
    assert not ask_to_bring_in(upload=wrong, reasons={})
    assert (wrong.stage, mended.stage, told_of_upload(mended)) == ("gone", "looked", "核对完，待入库")
    assert give_up(upload=mended)
    assert as_("p-税务", OPENED).get(f"{URL}upload/{mended.pk}/")["Location"] == quote(TAX)


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Callable[[Upload], subprocess.Popen[str]]]:
    """Another process that has an upload in hand."""
    begun = []
    code = """
import sys, django.conf
django.conf.settings.configure(HOME=sys.argv[1])
from mujun.web.alive import alive
with alive(sys.argv[2]) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""

    def begin(upload: Upload) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", code, str(tmp_path), job_name(upload)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        begun.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        Upload.objects.filter(pk=upload.pk).update(begun_at=OPENED)
        upload.refresh_from_db()
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def test_a_job_that_was_killed_is_told_and_begun_again(
    track: Track, as_: AsAt, worker: Callable[[Upload], subprocess.Popen[str]]
) -> None:
    upload = send(track)
    process = worker(upload)
    assert (has_died(upload), begin_again(upload=upload), give_up(upload=upload)) == (False, False, False)
    assert work(upload).begun_at == OPENED  # a second worker leaves it to the first
    browser = as_("p-税务", OPENED)
    place = f"{URL}upload/{upload.pk}/"

    process.kill()
    process.wait()

    assert "<h1>核对中断了</h1>" in browser.get(place).content.decode()
    assert "“税务.csv”核对中断" in browser.get("/desk/").content.decode()
    assert browser.get(f"{place}progress/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    browser.post(f"{place}again/")
    upload.refresh_from_db()
    assert (upload.stage, upload.attempt) == ("looked", 2)

    ask_to_bring_in(upload=upload, reasons={})
    process = worker(upload)
    process.kill()
    process.wait()
    assert "<h1>入库中断了</h1>" in browser.get(place).content.decode()
    browser.post(f"{place}again/")
    assert (Upload.objects.get().stage, the_store().head()) == ("in", 2)


def test_a_job_that_failed_says_so_and_changes_nothing(track: Track, as_: AsAt) -> None:
    upload = send(track)
    bytes_of_it = the_store().evidence(upload.sha256)
    bytes_of_it.rename(bytes_of_it.with_suffix(".away"))
    browser = as_("p-税务", OPENED)

    work(upload)
    page = browser.get(f"{URL}upload/{upload.pk}/").content.decode()

    assert (upload.stage, upload.problem[:17]) == ("failed", "程序出错，没有办成，什么也没有入库")
    assert (upload.problem in page, "再核对一次" in page) == (True, True)
    bytes_of_it.with_suffix(".away").rename(bytes_of_it)
    browser.post(f"{URL}upload/{upload.pk}/again/")
    assert Upload.objects.get().stage == "looked"


def test_who_may_enter_is_asked_again_when_it_is_brought_in(track: Track, as_: AsAt) -> None:
    upload = work(send(track))
    ask_to_bring_in(upload=upload, reasons={})
    Track.objects.filter(pk=track.pk).update(unlock_until=OPENED)  # the time box is over

    carry_upload_on.call(upload.pk, upload.attempt)

    upload.refresh_from_db()
    assert (upload.stage, the_store().head()) == ("looked", 1)
    assert AuditEvent.objects.filter(outcome="refused").latest("seq").facts["reasons"][0][0] == "unlock_over"
    assert upload.problem in as_("p-税务", OPENED).get(f"{URL}upload/{upload.pk}/").content.decode().replace("<br>", "")


def test_what_changed_since_the_look_is_told_instead_of_brought_in(track: Track) -> None:
    upload = work(send(track))
    ValueSet.objects.filter(unit=A).update(state="SUBMITTED", version=1)

    ask_to_bring_in(upload=upload, reasons={})
    work(upload)

    assert (upload.stage, upload.errors, upload.problem) == ("looked", 1, uploads.CHANGED)
    assert the_store().head() == 1


def test_a_step_taken_between_judging_and_the_lock_has_the_file_judged_anew(track: Track) -> None:
    """Everything is judged before the lock; what moved meanwhile is seen under it."""
    told: list[str] = []

    def meanwhile(what: str, now: int, end: int | None) -> None:
        told.append(what[:2])
        if told.count("等候") == 1 and told[-1] == "等候":
            ValueSet.objects.filter(unit=A).update(state="SUBMITTED", version=1)

    with pytest.raises(NotBroughtIn) as stopped:
        bring_in(
            desk=desk_for(track, "税务"), sha256=keep(sheet_of(track, "税务")), name="税务.csv",
            by=demo_doer("p-税务", OPENED), now=OPENED, tell=meanwhile,
        )  # fmt: skip

    assert [one.code for one in stopped.value.looked.files[0].findings] == ["unit_not_open"]
    assert (told[-3:], the_store().head()) == (["等候", "别人", "核对"], 1)


@pytest.mark.usefixtures("threads", "people")
def test_who_waits_too_long_for_the_database_is_told_so(client: Client) -> None:
    """Whether it is an act that could not be written, or only the session of somebody who reads."""
    client.force_login(Account.objects.get(username="a"))
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 1")
    patient = Client(raise_request_exception=False)
    patient.cookies = client.cookies
    try:
        answers = [patient.post("/act/round/1/R10/"), patient.get("/desk/")]
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()

    assert [(one.status_code, one.get("Retry-After")) for one in answers] == [(503, "30")] * 2
    assert ["别人正在写入大批数据" in one.content.decode() for one in answers] == [True] * 2
