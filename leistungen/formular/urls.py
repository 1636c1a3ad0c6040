"""Addresses of what the form asks while somebody types, below /admin/leistungsformular/."""

from __future__ import annotations

from django.urls import path

from leistungen.formular import views

app_name = "leistungsformular"

urlpatterns = [
    path("satz/", views.satz, name="satz"),
    path("pruefen/", views.pruefen, name="pruefen_neu"),
    path("<int:pk>/pruefen/", views.pruefen, name="pruefen"),
    path("<int:pk>/passt-so/", views.ausnahme, name="ausnahme"),
    path("<int:pk>/passt-so/<int:ausnahme_pk>/", views.ausnahme_zurueck, name="ausnahme_zurueck"),
    path("<int:pk>/aenderungen/", views.AenderungenView.as_view(), name="aenderungen"),
    path("vorschau-ort/", views.vorschau_ort, name="vorschau_ort"),
]
