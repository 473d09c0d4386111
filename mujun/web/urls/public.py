"""Addresses of the public site. They stay: what was published under one answers there for ever."""

from __future__ import annotations

from django.urls import URLPattern, path

from mujun.web.views import documents, open_data, proofs, public, verify

_ROW = "<int:year>/<slug:domain>/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path("lists/<int:year>/", public.lists, name="lists"),
    path("lists/<int:year>/<slug:domain>/", public.lists, name="domain_list"),
    path(f"lists/{_ROW}", public.winner, name="winner"),
    path("record/", public.record, name="record"),
    path("record/<int:year>/<slug:folder>/", public.published, name="published"),
    path("methods/", public.methods, name="methods"),
    path("search/", public.find, name="search"),
    path("verify/", verify.verify, name="verify"),
    path(f"verify/{_ROW}", verify.row, name="verify_row"),
    path(f"verify/{_ROW}proof.json", verify.row_proof, name="row_proof"),
    path("data/", open_data.data, name="data"),
    path("data/<int:year>/<slug:folder>/<path:path>", open_data.file, name="public_file"),
    path(
        "documents/<int:year>/<slug:kind>/<slug:domain>.<slug:ending>",
        documents.public_document,
        name="public_document",
    ),
    path(f"certificates/{_ROW[:-1]}.<slug:ending>", documents.certificate, name="certificate"),
    path("rounds/<int:year>/papers/", documents.papers, name="papers"),
    path("rounds/<int:year>/papers/meeting-pack/", documents.meeting_pack, name="pack_paper"),
    path("rounds/<int:year>/papers/minutes/<int:number>/", documents.meeting_minutes, name="minutes_paper"),
    path("rounds/<int:year>/papers/dispatch-<int:number>.<slug:ending>", documents.dispatch, name="dispatch_paper"),
    path("rounds/<int:year>/papers/<slug:domain>.<slug:ending>", documents.nomination, name="nomination_paper"),
    path("objections/<str:receipt>/<slug:kind>.<slug:ending>", documents.objection, name="objection_paper"),
    path("proofs/<int:year>/<slug:domain>/<str:unit>/", proofs.own, name="own_proof"),
    path("proofs/<int:year>/<slug:domain>/<str:unit>/proof.json", proofs.own_file, name="own_proof_file"),
    path("rounds/<int:year>/archive/", proofs.archive, name="archive"),
    path("feed/", open_data.feed, name="feed"),
]
