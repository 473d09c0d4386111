"""Addresses of plans."""

from __future__ import annotations

from django.urls import URLPattern, path

from mujun.web.views import plan_forms, plans

_ONE = "plans/<int:year>/<slug:domain>/"

urlpatterns: list[URLPattern] = [
    path(_ONE, plans.plan, name="plan"),
    path(f"{_ONE}<int:number>/", plans.version, name="plan_version"),
    path(f"{_ONE}revise/", plans.revise, name="revise_plan"),
    path(f"{_ONE}effect/<slug:scheme>/", plans.effect, name="plan_effect"),
    path(f"{_ONE}edit/", plan_forms.start, name="edit_plan_start"),
    path(f"{_ONE}edit/confirmation/", plan_forms.confirmation, name="edit_confirmation"),
    path(f"{_ONE}edit/<slug:scheme>/<slug:section>/", plan_forms.edit, name="edit_plan"),
    path(f"{_ONE}edit/<slug:scheme>/<slug:section>/check/", plan_forms.check, name="check_plan"),
]
