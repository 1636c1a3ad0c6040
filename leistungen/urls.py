"""Addresses of services."""

from __future__ import annotations

from django.urls import path, re_path

from leistungen import views

app_name = "leistungen"

urlpatterns = [
    path("leistungen/", views.liste, name="liste"),
    path("leistung/<slug:slug>/", views.detail, name="detail"),
    re_path(r"^l/(?P<schluessel>99\d{12})$", views.permalink, name="permalink"),
]
