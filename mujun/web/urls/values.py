"""Addresses of collection."""

from __future__ import annotations

from django.urls import URLPattern, path

from mujun.web.views.values import activation, collection, disputes, forms, register, statement, uploads

_TRACK = "rounds/<int:year>/<slug:domain>"
_UPLOAD = f"{_TRACK}/upload/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(f"{_TRACK}/forms/", forms.forms, name="forms"),
    path(f"{_TRACK}/form/<path:form_id>/", forms.form, name="form_due"),
    path(f"{_TRACK}/template/<path:form_id>/", forms.template, name="form_template"),
    path(f"{_TRACK}/by-hand/<path:form_id>/", forms.by_hand, name="by_hand"),
    path(f"{_TRACK}/hand-in/<path:form_id>/", forms.submit, name="hand_in"),
    path(_UPLOAD, uploads.upload, name="upload"),
    path(f"{_UPLOAD}progress/", uploads.progress, name="upload_progress"),
    path(f"{_UPLOAD}marked/", uploads.marked, name="marked"),
    path(f"{_UPLOAD}again/", uploads.again, name="upload_again"),
    path(f"{_UPLOAD}give-up/", uploads.drop, name="upload_give_up"),
    path(f"{_TRACK}/collection/", collection.collection, name="collection"),
    path(f"{_TRACK}/collection/act/", collection.collection_act, name="collection_act"),
    path(f"{_TRACK}/collection/<str:county>/", collection.county, name="county_values"),
    path(f"{_TRACK}/collection/<str:county>/act/", collection.county_act, name="county_act"),
    path(f"{_TRACK}/register/", register.register, name="register"),
    path(f"{_TRACK}/units/", collection.units, name="units"),
    path(f"{_TRACK}/units/<str:unit>/statement/", statement.statement, name="statement"),
    path(f"{_TRACK}/units/<str:unit>/statement.<str:suffix>", statement.document, name="statement_file"),
    path(f"{_TRACK}/units/<str:unit>/code/", statement.code, name="activation_code"),
    path(f"{_TRACK}/units/<str:unit>/exclude/", statement.exclude, name="exclude_unit"),
    path(f"{_TRACK}/disputes/", disputes.disputes, name="disputes"),
    path(f"{_TRACK}/disputes/<int:pk>/answer/", disputes.answer, name="answer_dispute"),
    path("activate/", activation.activate, name="activate"),
]
