"""Addresses of the tables, below /admin/."""

from __future__ import annotations

from django.urls import path

from leistungen.austausch import views

app_name = "tabellen"

urlpatterns = [
    path("einlesen/", views.EinlesenView.as_view(), name="einlesen"),
    path("ausgeben/", views.AusgebenView.as_view(), name="ausgeben"),
]
