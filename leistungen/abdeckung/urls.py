"""Addresses of the report below /admin/abdeckung/."""

from __future__ import annotations

from django.urls import path

from leistungen.abdeckung.views import AbdeckungView, LeistungAbdeckungView

app_name = "abdeckung"
urlpatterns = [
    path("", AbdeckungView.as_view(), name="bericht"),
    path("ergebnis/", AbdeckungView.as_view(results_only=True), name="bericht_ergebnis"),
    path("leistung/<int:pk>/", LeistungAbdeckungView.as_view(), name="leistung"),
]
