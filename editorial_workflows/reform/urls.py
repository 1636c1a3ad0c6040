"""Addresses of the reforms, below /admin/gebietsreformen/."""

from __future__ import annotations

from django.urls import path

from editorial_workflows.reform import views

app_name = "gebietsreformen"

urlpatterns = [
    path("", views.ListeView.as_view(), name="liste"),
    path("neu/", views.FormularView.as_view(), name="neu"),
    path("csv/", views.CsvView.as_view(), name="csv"),
    path("<int:pk>/", views.DetailView.as_view(), name="detail"),
    path("<int:pk>/bearbeiten/", views.FormularView.as_view(), name="bearbeiten"),
    path("<int:pk>/datei/", views.DateiView.as_view(), name="datei"),
    path("<int:pk>/anwenden/", views.AnwendenView.as_view(), name="anwenden"),
    path("<int:pk>/zuruecknehmen/", views.ZuruecknehmenView.as_view(), name="zuruecknehmen"),
    path("<int:pk>/verwerfen/", views.VerwerfenView.as_view(), name="verwerfen"),
]
