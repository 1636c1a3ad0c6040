"""Addresses of the search."""

from __future__ import annotations

from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("", views.start, name="start"),
    path("suche/", views.suche, name="suche"),
    path("vorschlaege/", views.vorschlaege, name="vorschlaege"),
    path("healthz", views.healthz, name="healthz"),
]
