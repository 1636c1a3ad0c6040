"""The test run: real PostgreSQL and real Elasticsearch, an index prefix of its own."""

from __future__ import annotations

import os
from pathlib import Path

from zufi.settings.base import *  # noqa: F403
from zufi.settings.base import STATIC_ROOT

SECRET_KEY = "nur-fuer-tests"  # noqa: S105
DEMO_MODUS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SEARCH_INDEX_PREFIX = f"zufitest{os.getpid()}"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["*"]
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
