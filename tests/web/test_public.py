"""The public site: what everybody sees, finds and checks, without a log-in and without a script."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mujun.findings import blocking
from mujun.proof.verify import verify_bundle, verify_own
from mujun.web.clock import move_clock
from mujun.web.evidence import kept, the_store
from mujun.web.living import notice as lives
from mujun.web.living.decision import COMPILED, live_compiled, live_decided, live_review
from mujun.web.living.notice import ISSUED, OBJECTED
from mujun.web.living.people import settle_unit
from mujun.web.models import NominationItem, Round
from mujun.web.permissions import PUBLIC
from mujun.web.queries.public.downloads import public_paths
from mujun.web.queries.public.record import entries
from mujun.web.queries.public.shown import shown
from tests.browser import visit
from tests.web.shortcuts import accept_lists, plans_in_force, run_behind

As = Callable[[str, datetime], Client]
AFTER = ISSUED + timedelta(hours=1)
EVIL = "<img src=x onerror=alert(1)>厂（示例）"
CODES = ("91330108MA27Y5AB1X", "91330109MA28U7CD2Q")


@pytest.fixture
def public(issued: Round) -> Client:
    move_clock(AFTER)
    return Client()


@pytest.fixture
def evil(planned: Round, province: Path) -> Round:
    """Issued, with markup in a name and codes as keys; behind the manufacturers' list stands a real run."""
    firms = [(CODES[0], EVIL, "滨江区"), (CODES[1], "乙机械有限公司（示例）", "萧山区")]
    accept_lists(planned, {"county": [("330108", "滨江区", "滨江区")], "manufacturing": firms}, COMPILED)
    live_compiled(planned)
    live_review(planned)
    live_decided(planned)
    plans_in_force(planned, COMPILED)
    NominationItem.objects.filter(key__in=CODES).update(score="123.4567", rank=7)
    run_behind(planned.tracks.get(domain="manufacturing"), province, COMPILED)
    lives.live_notice(planned)
    lives.live_issued(planned)
    move_clock(AFTER)
    return planned


def pages(round_: Round) -> list[str]:
    """An address of every public view, filled in with a row of the round."""
    found = shown(round_, AFTER)
    assert found is not None
    row = found.rows["manufacturing"][0]
    filled = {"year": "2019", "domain": "manufacturing", "slug": row.slug, "folder": "1", "kind": "plan",
              "ending": "docx", "path": "bundle.zip", "number": "1"}  # fmt: skip
    return [_fill(pattern, filled) for pattern in _public_patterns(get_resolver().url_patterns, "")]


def _public_patterns(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _public_patterns(one.url_patterns, before + str(one.pattern))
        elif PUBLIC in getattr(one.callback, "rows", ()):
            yield before + str(one.pattern)


def _fill(pattern: str, filled: dict[str, str]) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: filled[found[1]], pattern)


def downloads(round_: Round) -> list[str]:
    return [one.file(path) for one in entries(round_, AFTER) for path in public_paths(one.source)]


def readable(path: str, data: bytes) -> str:
    """Everything a file says: what lies inside of an office document or a bundle too."""
    if data[:4] != b"PK\x03\x04":
        return data.decode("utf-8", "ignore") if not path.endswith((".pdf", ".png")) else ""
    with zipfile.ZipFile(io.BytesIO(data)) as inner:
        return "\n".join(readable(name, inner.read(name)) for name in inner.namelist())


def test_p01_every_item_leads_with_one_click_to_its_proof(public: Client, issued: Round) -> None:
    found = shown(issued, AFTER)
    assert found is not None
    for domain, rows in found.rows.items():
        listed = public.get(f"/lists/2019/{domain}/").content.decode()
        for row in rows:
            link = f"/verify/2019/{domain}/{row.slug}/"
            assert f'href="{link}"' in listed
            checked = public.get(link).context["checked"]
            assert (checked.holds, checked.failed, len(checked.held)) == (True, (), 3)
            assert blocking(verify_own(public.get(f"{link}proof.json").content).findings) == []


def test_p01_before_the_issue_too_and_everything_is_marked_as_not_yet(on_notice: Round) -> None:
    move_clock(OBJECTED)
    public = Client()
    home = public.get("/")

    assert '<span class="mark red">拟</span>' in home.content.decode()
    assert "今天以后还有4个工作日" in home.content.decode()
    link = re.search(r'href="(/verify/2019/[^"]+)"', home.content.decode())
    assert link is not None
    assert public.get(link[1]).context["checked"].holds is True


def test_p01_a_list_that_was_tampered_with_is_told_by_the_page(public: Client, issued: Round) -> None:
    found = shown(issued, AFTER)
    assert found is not None
    row = found.rows["manufacturing"][0]
    file = the_store().evidence(found.source.files["lists/manufacturing/list.json"])
    data = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(data.replace("滨江区".encode(), "西湖区".encode()))

    try:
        checked = public.get(f"/verify/2019/manufacturing/{row.slug}/").context["checked"]
        assert (checked.holds, checked.failed) == (
            False,
            ("制造业“亩均效益”领跑者：制造业“亩均效益”领跑者名单与校验单上的指纹不符。",),
        )
    finally:
        file.write_bytes(data)


def test_a_bundle_a_proof_and_a_printed_code_are_checked_and_nothing_is_kept(public: Client, issued: Round) -> None:
    publication = issued.publications.get()
    bundle = kept(publication.files["bundle.zip"])
    before = sorted(the_store().folder.rglob("*"))

    good = public.post("/verify/", {"file": SimpleUploadedFile("x.zip", bundle), "code": publication.list_hash})
    assert (good.context["checked"].holds, good.context["known"].label) == (True, "浙亩均办〔2019〕12号")

    place = bundle.index("甲电子有限公司".encode())
    broken = bundle[:place] + bundle[place + 3 :] + b"   "
    bad = public.post("/verify/", {"file": SimpleUploadedFile("x.zip", broken)})
    assert bad.context["checked"].holds is False

    unknown = public.post("/verify/", {"code": "0" * 64})
    assert (unknown.context["known"], "没有这个校验码" in unknown.content.decode()) == (None, True)
    assert public.post("/verify/", {"code": "abc"}).context["form"].errors["code"] == [
        "校验码应是64位，由0至9、a至f组成，请核对有没有抄漏。"
    ]
    assert sorted(the_store().folder.rglob("*")) == before


def test_counts_on_a_page_add_up_to_the_rows_below(public: Client) -> None:
    said = public.get("/").context

    assert said["found"].count == sum(line.count for line in said["domains"]) == 4
    assert said["opened"].count == said["opened"].placed == sum(len(rows) for _, rows in said["opened"].groups) == 2


@pytest.mark.parametrize(("text", "count"), [("甲电子", 1), ("yjxyx", 1), ("萧山区", 1), ("没有的", 0), ("", 0)])
def test_search_finds_names_initials_and_counties(public: Client, text: str, count: int) -> None:
    assert public.get("/search/", {"q": text}).context["page"].paginator.count == count


def test_a_page_that_has_not_changed_is_not_sent_again(public: Client) -> None:
    etag = public.get("/")["ETag"]
    assert public.get("/", headers={"If-None-Match": etag}).status_code == 304
    file = public.get("/data/2019/1/lists/manufacturing/list.csv")
    assert "immutable" in file["Cache-Control"]
    assert (
        public.get("/data/2019/1/lists/manufacturing/list.csv", headers={"If-None-Match": file["ETag"]}).status_code
        == 304
    )


def test_the_feed_tells_of_the_notice_and_the_issue(public: Client) -> None:
    text = public.get("/feed/").content.decode()
    assert re.findall(r"<title>([^<]+)</title>", text)[1:] == [
        "印发名单：2019年浙江省“亩均效益”领跑者行动（浙亩均办〔2019〕12号）",
        "公示：2019年浙江省“亩均效益”领跑者行动（2019年第1号公示）",
    ]


def test_nothing_is_public_before_the_notice(decided: Round) -> None:
    public = Client()
    home = public.get("/").content.decode()

    assert "名单还没有公示" in home
    assert "甲电子" not in home
    for path in ("/lists/2019/", "/lists/2019/manufacturing/", "/record/2019/notice-1/", "/record/2019/1/"):
        assert public.get(path).status_code == 404


def test_what_is_not_public_has_no_address(public: Client, issued: Round) -> None:
    for path in ("document.json", "dispatch.docx", "units/manufacturing.tree", "../secret.key", "figures/x.png"):
        assert public.get(f"/data/2019/1/{path}").status_code == 404


def test_p07_x21_no_public_page_or_file_tells_more_than_it_may(evil: Round) -> None:
    """Every public address and every public file: no code, score or rank of a firm, no telephone but the office's."""
    public, seen = Client(), 0
    score, private = re.compile(r"123\.4567"), re.compile(r"(?<![\d-])1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{8}(?!\d)")
    values = _values_of(evil)
    assert (len(values) > 100, NominationItem.objects.filter(score="123.4567").count()) == (True, 2)  # could have shown
    for path in [*pages(evil), *downloads(evil)]:
        answer = public.get(path)
        assert answer.status_code in (200, 302), path
        said = readable(path, answer.content)
        text = re.sub("[0-9a-f]{16,}", "", said.replace("0571-0000 0000", ""))  # digests hold digits of all kinds
        assert [code for code in CODES if code in text] == [], path
        assert score.search(text) is None, path
        assert private.search(text) is None, path
        if "/rules/" not in path:
            assert [value for value in values if value in text] == [], path
        if answer["Content-Type"].startswith("text/html"):
            assert "<img" not in said, path
        seen += 1
    assert seen > 40


def _values_of(round_: Round) -> list[str]:
    """Raw values of the evaluated firms that are long enough to be told from other numbers."""
    from mujun.web.queries.publishing.units import records_of

    run = round_.tracks.get(domain="manufacturing").nominations.get().run
    assert run is not None
    found = {value for record in records_of(run, "manufacturing").values() for value in record["values"].values()}
    return sorted(value for value in found if re.fullmatch(r"\d{3,}\.\d{2,}", value))[:400]


def test_x21_markup_in_a_name_is_text_on_every_page(evil: Round) -> None:
    found = shown(evil, AFTER)
    assert found is not None
    row = next(one for one in found.rows["manufacturing"] if one.name == EVIL)
    for path in (
        "/",
        f"/lists/2019/manufacturing/{row.slug}/",
        f"/verify/2019/manufacturing/{row.slug}/",
        "/record/2019/1/",
    ):
        text = Client().get(path).content.decode()
        assert "&lt;img src=x onerror=alert(1)&gt;" in text
        assert "<img" not in text


def test_a_unit_takes_its_own_proof_and_no_others(evil: Round, as_: As) -> None:
    run = evil.tracks.get(domain="manufacturing").nominations.get().run
    assert run is not None
    mine, other = run.units.filter(scheme="manufacturing").order_by("key").values_list("key", flat=True)[:2]
    settle_unit("shili-mima-2019", mine, "某企业")
    browser = as_(f"e-{mine}", AFTER)

    walk = browser.get(f"/rounds/2019/manufacturing/own/{mine}/")
    assert f'href="/proofs/2019/manufacturing/{mine}/"' in walk.content.decode()
    page = browser.get(f"/proofs/2019/manufacturing/{mine}/")
    assert page.status_code == 200
    file = browser.get(f"/proofs/2019/manufacturing/{mine}/proof.json").content
    verified = verify_own(file, None, evil.publications.get().list_hash)
    assert blocking(verified.findings) == []
    assert page.context["proof"].salt in file.decode()
    assert browser.get(f"/proofs/2019/manufacturing/{other}/").status_code == 404
    assert Client().get(f"/proofs/2019/manufacturing/{mine}/").status_code == 302


def test_p02_a_flipped_byte_of_the_archive_names_the_list(issued: Round, as_: As) -> None:
    data = as_("au", AFTER).get("/rounds/2019/archive/").content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert blocking(verify_bundle(files).findings) == []

    path = "published/1/lists/manufacturing/list.json"
    files[path] = files[path].replace("甲电子".encode(), "丙电子".encode())
    wrong = blocking(verify_bundle(files).findings)
    assert [(one.file, "浙亩均办〔2019〕12号 制造业“亩均效益”领跑者名单" in one.message) for one in wrong] == [
        (path, True)
    ]


@pytest.mark.parametrize(
    ("login", "status"), [("au", 200), ("a", 200), ("b", 200), ("c-manufacturing", 403), ("sa", 403)]
)
def test_who_may_take_the_archive(issued: Round, as_: As, login: str, status: int) -> None:
    assert as_(login, AFTER).get("/rounds/2019/archive/").status_code == status


def test_no_public_page_breaks_a_rule_of_accessibility(browser: None, evil: Round, tmp_path: Path) -> None:
    """Every page type in a real browser: axe finds nothing, and nobody scrolls sideways on a phone or a desk."""
    style = (Path(__file__).parents[2] / "mujun/web/static/mujun/site.css").read_text(encoding="utf-8")
    wanted = [path for path in pages(evil) if not re.search(r"\.\w+$|/feed/|objection/$", path)]
    wanted += ["/search/?q=厂", "/record/2019/notice-1/"]
    files = {}
    for number, path in enumerate(wanted):
        answer = Client().get(path)
        text = answer.content.decode()
        assert (answer.status_code, "style=" in text) == (200, False), path
        files[path] = tmp_path / f"{number}.html"
        files[path].write_text(
            re.sub(r'<link rel="stylesheet"[^>]*>', f"<style>{style}</style>", text), encoding="utf-8"
        )
    problems = []
    for path, file in files.items():
        with visit(file, 390) as page:
            problems += [(path, one) for one in ["wide"] * bool(page.too_wide()) + page.violations()]
            page.page.set_viewport_size({"width": 1200, "height": 844})
            problems += [(path, "wide on a desk")] * bool(page.too_wide())
    assert problems == []
