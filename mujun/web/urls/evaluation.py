"""Addresses of evaluation and nomination: runs and their units, ratings, the list or the adopted document."""

from __future__ import annotations

from django.urls import URLPattern, path

from mujun.web.views import adoption, comparisons, evaluation, lists, ratings, run_units

_TRACK = "rounds/<int:year>/<slug:domain>/"
_RUN = _TRACK + "runs/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(_TRACK + "runs/", evaluation.runs, name="runs"),
    path(_TRACK + "runs/ask/", evaluation.ask, name="ask_for_run"),
    path(_RUN, run_units.show, name="run"),
    path(_RUN + "progress/", evaluation.progress, name="run_progress"),
    path(_RUN + "give-up/", evaluation.give_up, name="give_up_run"),
    path(_RUN + "replay/", evaluation.replay, name="replay_run"),
    path(_RUN + "units.xlsx", run_units.workbook, name="run_workbook"),
    path(_RUN + "files/<str:scheme>/<str:name>", evaluation.file, name="run_file"),
    path(_RUN + "units/<str:key>/", run_units.unit, name="run_unit"),
    path(_RUN + "against/<int:before>/<int:other>/", comparisons.against, name="comparison"),
    path(_TRACK + "own/<str:key>/", run_units.own, name="own_score"),
    path(_TRACK + "list/", lists.show, name="list"),
    path(_TRACK + "adoption/", adoption.show, name="adoption"),
    path(_TRACK + "adoption/explain/", adoption.explain, name="explain_differences"),
    path(_TRACK + "ratings/", ratings.show, name="ratings"),
    path(_TRACK + "ratings/form.csv", ratings.form, name="ratings_form"),
    path(_TRACK + "ratings/<str:unit>/", ratings.rate, name="rate"),
]
