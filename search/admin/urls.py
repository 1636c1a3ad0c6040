"""Addresses of the report below /admin/suche/."""

from __future__ import annotations

from django.urls import path

from search.admin import views

app_name = "suchstand"

urlpatterns = [
    path("", views.StandView.as_view(), name="stand"),
    path("teil/", views.teil, name="teil"),
    path("objekte/", views.objekte, name="objekte"),
    path("erneut/", views.erneut, name="erneut"),
    path("pruefen/", views.pruefen, name="pruefen"),
]
