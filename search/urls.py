"""Addresses of the search."""

from __future__ import annotations

from django.urls import path

from search import betriebsviews, views

app_name = "search"

urlpatterns = [
    path("", views.start, name="start"),
    path("suche/", views.suche, name="suche"),
    path("vorschlaege/", views.vorschlaege, name="vorschlaege"),
    path("healthz", betriebsviews.healthz, name="healthz"),
    path("metrics", betriebsviews.kennzahlen, name="metrics"),
]
