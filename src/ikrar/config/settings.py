"""Django settings. Everything that differs between instances comes from the environment."""

import os
from pathlib import Path

from ikrar.config import database

BASE = Path(__file__).resolve().parent.parent

DEBUG = False
SECRET_KEY = os.environ.get("IKRAR_SECRET_KEY", "only-until-the-home-folder-exists")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
ROOT_URLCONF = "ikrar.config.urls"
WSGI_APPLICATION = "ikrar.config.wsgi.application"
DATABASES = database.settings()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules",
    "django_cotton",
    "ikrar.web",
    "ikrar.directory",
    "ikrar.accounts",
    "ikrar.register",
    "ikrar.desk",
    "ikrar.config",
]
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
