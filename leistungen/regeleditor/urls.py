"""Addresses of the rule editor, below /admin/zustaendigkeiten/."""

from __future__ import annotations

from django.urls import path

from leistungen.regeleditor import paketviews, views

app_name = "regeleditor"

urlpatterns = [
    path("leistung/<int:pk>/", views.LeistungView.as_view(), name="leistung"),
    path("leistung/<int:pk>/tester/", views.TesterRahmenView.as_view(), name="tester"),
    path("testen/", views.TesterView.as_view(), name="testen"),
    path("pruefung/", views.PruefungView.as_view(), name="pruefung"),
    path("pakete/", paketviews.PaketlisteView.as_view(), name="pakete"),
    path("pakete/zuweisen/", paketviews.ZuweisungView.as_view(), name="zuweisen"),
    path("pakete/kopieren/", paketviews.KopieView.as_view(), name="kopieren"),
    path("pakete/ersetzen/", paketviews.ErsatzView.as_view(), name="ersetzen"),
    path("pakete/beenden/", paketviews.EndeView.as_view(), name="beenden"),
    path("pakete/<int:pk>/", paketviews.PaketView.as_view(), name="paket"),
    path(
        "pakete/<int:pk>/bearbeiten/",
        paketviews.PaketFormularView.as_view(),
        name="bearbeiten",
    ),
    path("pakete/<int:pk>/eintragen/", paketviews.EintragenView.as_view(), name="eintragen"),
    path(
        "pakete/<int:pk>/zuruecknehmen/",
        paketviews.ZuruecknehmenView.as_view(),
        name="zuruecknehmen",
    ),
    path("pakete/<int:pk>/verwerfen/", paketviews.VerwerfenView.as_view(), name="verwerfen"),
]
