"""Addresses of authorities."""

from __future__ import annotations

from django.urls import path

from behoerden import views

app_name = "behoerden"

urlpatterns = [
    path("behoerden/", views.liste, name="liste"),
    path("behoerde/<slug:slug>/", views.detail, name="detail"),
    path("behoerde/<slug:slug>/kontakt.vcf", views.vcard, name="vcard"),
]
