"""Addresses of the checks, below /admin/ergaenzungen/."""

from __future__ import annotations

from django.urls import path

from leistungen.ergaenzungen import stammtextviews, views

app_name = "ergaenzungen"

urlpatterns = [
    path("pruefen/", views.PruefListeView.as_view(), name="pruefliste"),
    path("pruefen/<int:pk>/", views.PruefView.as_view(), name="pruefen"),
    path("stammtexte/", stammtextviews.StammtextListeView.as_view(), name="stammtexte"),
    path("stammtexte/<int:pk>/", stammtextviews.StammtextView.as_view(), name="stammtext"),
]
