"""Addresses of the public notice, objections and issuing."""

from __future__ import annotations

from django.urls import path

from mujun.web.views import notice, objections

urlpatterns = [
    path("notice/", notice.notice, name="notice"),
    path("notice/object/", objections.file, name="file_objection"),
    path("notice/objection/", objections.look_up, name="look_up_objection"),
    path("objections/", objections.desk, name="objections"),
    path("objections/paper/", objections.paper, name="paper_objection"),
    path("objections/<str:receipt>/", objections.show, name="objection"),
    path("objections/<str:receipt>/ask/", objections.question, name="ask"),
    path("objections/<str:receipt>/questions/<int:pk>/", objections.answered, name="answer_question"),
    path("objections/<str:receipt>/sent/", objections.sent, name="send_answer"),
    path("objections/<str:receipt>/reveal/", objections.reveal, name="reveal"),
]
