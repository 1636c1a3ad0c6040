"""Addresses of the reports about texts, below /admin/berichte/."""

from __future__ import annotations

from django.urls import path

from leistungen.listen.berichte import TextqualitaetView, UebersetzungenView

app_name = "berichte"
urlpatterns = [
    path("textqualitaet/", TextqualitaetView.as_view(), name="textqualitaet"),
    path(
        "textqualitaet/ergebnis/",
        TextqualitaetView.as_view(results_only=True),
        name="textqualitaet_ergebnis",
    ),
    path("uebersetzungen/", UebersetzungenView.as_view(), name="uebersetzungen"),
    path(
        "uebersetzungen/ergebnis/",
        UebersetzungenView.as_view(results_only=True),
        name="uebersetzungen_ergebnis",
    ),
]
