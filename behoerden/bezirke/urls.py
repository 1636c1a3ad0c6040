"""Addresses of districts below the admin."""

from __future__ import annotations

from django.urls import path

from behoerden.bezirke import views

app_name = "bezirke"

urlpatterns = [
    path("", views.liste, name="liste"),
    path("neu/", views.neu, name="neu"),
    path("<int:pk>/", views.aendern, name="aendern"),
]
