"""Every address of the site, by area. Each view names its row of the matrix; a test walks them all."""

from __future__ import annotations

from django.urls import include, path

from mujun.web.views import access, acts, audit, desk, help, public, rounds, second_factor

handler400 = "mujun.web.views.home.bad"
handler404 = "mujun.web.views.home.not_found"
handler500 = "mujun.web.views.home.broken"

urlpatterns = [
    path("", public.home, name="home"),
    path("login/", access.login, name="login"),
    path("logout/", access.logout, name="logout"),
    path("password/", access.password, name="password"),
    path("reauthenticate/", second_factor.reauthenticate, name="reauthenticate"),
    path("account/", second_factor.account, name="account"),
    path("account/second-factor/", second_factor.begin, name="second_factor"),
    path("account/second-factor/confirm/", second_factor.confirm, name="confirm_second_factor"),
    path("account/second-factor/stop/", second_factor.stop, name="stop_second_factor"),
    path("desk/", desk.desk, name="desk"),
    path("desk/clock/", desk.clock, name="clock"),
    path("act/<str:machine>/<int:pk>/<str:edge>/", acts.act, name="act"),
    path("rounds/new/", rounds.new, name="new_round"),
    path("rounds/<int:year>/", rounds.show, name="round"),
    path("rounds/<int:year>/<slug:domain>/begin/", rounds.begin_track, name="begin_track"),
    path("help/", help.show, name="help"),
    path("audit/", audit.audit, name="audit"),
    path("audit/events.xlsx", audit.workbook, name="audit_workbook"),
    path("evidence/<str:sha256>/", audit.evidence, name="evidence"),
    path("", include("mujun.web.urls.accounts")),
    path("", include("mujun.web.urls.plans")),
    path("", include("mujun.web.urls.values")),
    path("", include("mujun.web.urls.evaluation")),
    path("", include("mujun.web.urls.decision")),
    path("", include("mujun.web.urls.notice")),
    path("", include("mujun.web.urls.public")),
    path("rounds/<int:year>/<slug:domain>/", rounds.track, name="track"),  # last: any word may be a domain
]
