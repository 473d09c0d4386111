"""Verify one row with one click; verify a bundle, a proof file or a printed code that somebody brings."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from mujun.web.forms.public import VerifyForm
from mujun.web.queries.public.proofs import check_row, check_upload, find_code, row_file
from mujun.web.queries.public.record import entry_of, folder_of
from mujun.web.queries.public.shown import Row, Shown, latest, shown
from mujun.web.views.base import Request, public_page, the_round
from mujun.web.views.limits import limited


@limited("verify")
@public_page
def verify(request: Request) -> HttpResponse:
    """Nothing that is brought is kept: the file is read, checked and forgotten."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    form.label_suffix = ""
    checked = known = None
    if request.method == "POST" and form.is_valid():
        file, code = form.cleaned_data["file"], form.cleaned_data["code"]
        checked = check_upload(file.read(), code) if file else None
        known = find_code(code, request.now) if code else None
    found = latest(request.now)
    said = {
        "form": form,
        "checked": checked,
        "known": known,
        "known_folder": folder_of(known.source) if known is not None else "",
        "asked_code": form.is_bound and form.is_valid() and bool(form.cleaned_data["code"]),
        "entry": entry_of(found.source) if found is not None else None,
    }
    return render(request, "mujun/public/verify.html", said)


@public_page
def row(request: Request, year: int, domain: str, slug: str) -> HttpResponse:
    """The server checks the row from the stored bytes up to the printed code, and says what that shows."""
    shown_now = shown(the_round(year), request.now)
    one = shown_now.row(domain, slug) if shown_now is not None else None
    if shown_now is None or one is None:
        if shown_now is not None:
            return redirect("winner", year, domain, slug)
        raise Http404
    said = {
        "found": shown_now,
        "row": one,
        "round": shown_now.round,
        "list": shown_now.lists[domain],
        "checked": check_row(shown_now, one),
        "entry": entry_of(shown_now.source),
    }
    return render(request, "mujun/public/row.html", said)


@limited("download", "GET")
@public_page
def row_proof(request: Request, year: int, domain: str, slug: str) -> HttpResponse:
    """The row's own proof file, for verify.py --unit."""
    found, one = _row(request, year, domain, slug)
    answer = HttpResponse(row_file(found, one), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="row-{year}-{domain}-{one.place + 1}.json"'
    return answer


def _row(request: Request, year: int, domain: str, slug: str) -> tuple[Shown, Row]:
    found = shown(the_round(year), request.now)
    one = found.row(domain, slug) if found is not None else None
    if found is None or one is None:
        raise Http404
    return found, one
