"""Development and demonstration on one's own machine."""

from __future__ import annotations

from pathlib import Path

from zufi.settings import env
from zufi.settings.base import *  # noqa: F403
from zufi.settings.base import STATIC_ROOT

DEBUG = env.flag("DEBUG", default=True)
DEMO_MODUS = env.flag("DEMO_MODUS", default=True)
# Known to everybody, therefore refused by production.
SECRET_KEY = "nur-fuer-entwicklung-und-demonstration"  # noqa: S105
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
