"""Everything that holds in all environments; each unusual line says why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from zufi.settings import env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

DEBUG = False
ALLOWED_HOSTS: list[str] = env.items("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
ROOT_URLCONF = "zufi.urls"
WSGI_APPLICATION = "zufi.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "modeltranslation",  # first: it patches the models before anything looks at them
    # Ours stand before wagtail.*: their policies must be registered before Wagtail's defaults.
    "search",
    "editorial_workflows",
    "leistungen",
    "behoerden",
    "zufi.common",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zufi.middleware.AreaCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # No LocaleMiddleware: an English browser must not get an English admin.
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zufi.common.context.frame",
            ],
        },
    },
]

# --- database ---------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.database(env.service_url("DATABASE_URL") or "postgresql://127.0.0.1:1/zufi"),
        # Publishing in a view is several commits without it: content, log and search mark
        # must be committed together or not at all.
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}

# --- languages --------------------------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "Englisch")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
MODELTRANSLATION_LANGUAGES = ("de", "en", "de-simple")  # columns *_de, *_en, *_de_simple
MODELTRANSLATION_DEFAULT_LANGUAGE = "de"
MODELTRANSLATION_ENABLE_FALLBACKS = False  # our selectors fall back and mark it

# --- static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "zufi" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.text("MEDIA_ROOT", str(BASE_DIR / "var" / "media"))

# --- search -----------------------------------------------------------------------------------
ELASTICSEARCH_URL = env.service_url("ELASTICSEARCH_URL")  # several hosts, separated by commas
ELASTICSEARCH_API_KEY = env.text("ELASTICSEARCH_API_KEY", "")
ELASTICSEARCH_CA_FILE = env.text("ELASTICSEARCH_CA_FILE", "")
SEARCH_INDEX_PREFIX = env.text("SEARCH_INDEX_PREFIX", "zufi")
SEARCH_REPLICAS = env.number("SEARCH_REPLICAS", 0)
# Together below 1.5 s: all questions of one request to Elasticsearch, then each to PostgreSQL.
SEARCH_TIMEOUT_SECONDS = 0.7
FALLBACK_TIMEOUT_SECONDS = 0.3
SUGGEST_TIMEOUT_SECONDS = 0.3
SEARCH_CHECK_MINUTES = env.number("SEARCH_CHECK_MINUTES", 60)  # 0: no scheduled check_index
# Judged queries that a rebuilt index must answer as well as the old one; "": ours.
SEARCH_GATE_FILE = env.text("SEARCH_GATE_FILE", "")
METRICS_TOKEN = env.text("METRICS_TOKEN", "")  # "": /metrics does not exist

# --- background tasks and mail ----------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "zustaendigkeitsfinder@thueringen.example")

# --- Wagtail ----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Zuständigkeitsfinder Thüringen"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch")]
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "german"}
}
# These three keep the admin from asking foreign hosts.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Otherwise the title proposes slugs that SlugField refuses.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_USER_TIME_ZONES = ["Europe/Berlin"]
# Rich text holds exactly the tags the exchange format allows (domain.md, Q-STR-2).
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link"]},
    }
}
# A Leistung posts 150 fields; 1,000 is reached at about 140 inline rows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- security ---------------------------------------------------------------------------------
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editors' preview frames our own pages
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSP_PUBLIC = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
    "manifest-src": [SELF],
}
# Wagtail's admin does not start without inline script and style.
CSP_ADMIN = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_PUBLIC}

# --- brand ------------------------------------------------------------------------------------
BRAND_NAME = env.text("BRAND_NAME", "Zuständigkeitsfinder Thüringen")
BRAND_CLAIM = env.text("BRAND_CLAIM", "Leistungen, Formulare und zuständige Behörden")
DEMO_MODUS = env.flag("DEMO_MODUS", default=False)

# --- logging: ids, counts and durations; never what citizens typed ------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Both would log addresses of requests, and with them what citizens typed.
        "elastic_transport": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": False},
    },
}
