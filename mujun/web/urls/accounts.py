"""Addresses of people, their log-ins and roles."""

from __future__ import annotations

from django.urls import URLPattern, path

from mujun.web.views import accounts, grants, people

urlpatterns: list[URLPattern] = [
    path("people/", people.people, name="people"),
    path("people/new/", accounts.new, name="new_account"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/places/", accounts.places, name="person_places"),
    path("people/<int:pk>/roles/new/", grants.new, name="new_grant"),
    path("people/roles/<int:pk>/end/", grants.end, name="end_grant"),
    path("people/roles/<str:key>/confirm/", grants.confirm, name="confirm_grant"),
    path("people/roles/<str:key>/decline/", grants.decline, name="decline_grant"),
    path("people/accounts/<int:pk>/password/", accounts.password, name="reset_password"),
    path("people/accounts/<int:pk>/second-factor/", accounts.second_factor, name="reset_second_factor"),
    path("people/accounts/<int:pk>/stop/", accounts.stop, name="stop_account"),
    path("people/accounts/<int:pk>/restore/", accounts.restore, name="restore_account"),
    path("people/accounts/<int:pk>/try-again/", accounts.try_again, name="let_try_again"),
]
