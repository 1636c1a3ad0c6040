"""Production insists on both addresses and on a secret key."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from zufi.settings import env
from zufi.settings.base import *  # noqa: F403
from zufi.settings.base import ELASTICSEARCH_URL

SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS fehlt: Nennen Sie die öffentlichen Rechnernamen, mit Komma getrennt."
    )
env.text("DATABASE_URL")
if not ELASTICSEARCH_URL:
    raise ImproperlyConfigured("ELASTICSEARCH_URL fehlt.")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
