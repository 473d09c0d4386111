"""Addresses of plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from mujun.web.views import indicators, plan_forms, plans, revisions

_ONE = "plans/<int:year>/<slug:domain>/"
_EDIT = f"{_ONE}edit/<slug:scheme>/"

urlpatterns: list[URLPattern] = [
    path(_ONE, plans.plan, name="plan"),
    path(f"{_ONE}<int:number>/", plans.version, name="plan_version"),
    path(f"{_ONE}revise/", revisions.revise, name="revise_plan"),
    path(f"{_ONE}withdraw/", revisions.withdraw, name="withdraw_revision"),
    path(f"{_ONE}effect/<slug:scheme>/", plans.effect, name="plan_effect"),
    path(f"{_ONE}edit/", plan_forms.start, name="edit_plan_start"),
    path(f"{_ONE}edit/confirmation/", plan_forms.confirmation, name="edit_confirmation"),
    path(f"{_EDIT}indicator/add/", indicators.add, name="add_indicator"),
    path(f"{_EDIT}indicator/add/check/", indicators.check, name="check_indicator"),
    path(f"{_EDIT}indicator/<str:name>/remove/", indicators.remove, name="remove_indicator"),
    path(f"{_EDIT}<slug:section>/", plan_forms.edit, name="edit_plan"),
    path(f"{_EDIT}<slug:section>/check/", plan_forms.check, name="check_plan"),
]
