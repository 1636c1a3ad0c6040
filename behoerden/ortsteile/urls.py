"""Addresses of Ortsteile below the admin."""

from __future__ import annotations

from django.urls import path

from behoerden.ortsteile import views

app_name = "ortsteile"

urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("<int:pk>/", views.aendern, name="aendern"),
    path("<int:pk>/beenden/", views.beenden, name="beenden"),
]
