"""Which app answers which path."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from zufi.common import views as common_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(admin_urls)),
    path("dokumente/", include(document_urls)),
    path("", include("behoerden.urls")),
    path("", include("leistungen.urls")),
    path("", include("search.urls")),
]
if settings.DEBUG:
    urlpatterns += [
        path("_muster/", common_views.muster, name="muster"),
        *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    ]
