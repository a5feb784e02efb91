"""Django settings. Everything that differs between instances comes from the environment.

`IKRAR_HOSTS` names the addresses that this instance answers to, `IKRAR_HTTPS=1` says that it
stands behind https, `IKRAR_OWNER` whose instance it is (lines parted by `|`),
`IKRAR_SECRET_KEY` replaces the key kept in the home folder, `IKRAR_TRUSTED_PROXIES` is the number
of proxies in front whose word on the client's address is taken.
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ikrar.config import database, logs
from ikrar.config.keys import secret_key

BASE = Path(__file__).resolve().parent.parent
HOME = database.current_home().folder
IS_HTTPS = os.environ.get("IKRAR_HTTPS") == "1"
HOSTS = [host for host in os.environ.get("IKRAR_HOSTS", "").split(",") if host]
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""

DEBUG = False
SECRET_KEY = os.environ.get("IKRAR_SECRET_KEY") or secret_key(HOME)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
ROOT_URLCONF = "ikrar.config.urls"
WSGI_APPLICATION = "ikrar.config.wsgi.application"
DATABASES = database.settings()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
CACHES = {
    "default": {
        # Attempts and used codes are counted across processes and restarts.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

INSTALLED_APPS = [
    "ikrar.web",
    "ikrar.directory",
    "ikrar.accounts",
    "ikrar.register",
    "ikrar.desk",
    "ikrar.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rules",
    "django_cotton",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ikrar.web.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "ikrar.web.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ikrar.web.middleware.LanguageMiddleware",
    # Default deny: a view is open only where it says so itself.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "ikrar.web.templatetags.look",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "ikrar.web.forms.Renderer"

# Whose register this is: the State or institution that symbols are named after
IKRAR_PARTY = os.environ.get("IKRAR_PARTY", "IDN")

LOGGING = logs.settings(os.environ.get("IKRAR_LOG", "WARNING"))

# The shared look
OWNER = (
    os.environ.get("IKRAR_OWNER", "").split("|")
    if "IKRAR_OWNER" in os.environ
    else [
        _("Ministry of Human Rights"),
        _("Republic of Indonesia"),
    ]
)
NAVIGATION: list[tuple[object, str, bool]] = [
    # label, view, whether it is open to all
    (_("Register"), "register", False),
    (_("Meetings"), "meetings", False),
    (_("Sources"), "sources", False),
    (_("Directory"), "directory", False),
    (_("Public register"), "public:register", True),
]
HOME_VIEW = "register"

# Languages
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "ikrar_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = IS_HTTPS
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: collected into the home folder when they changed (ikrar.config.static_files)
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Logging in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "ikrar.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "ikrar.accounts.forms.LoginForm",
    "change_password": "ikrar.accounts.forms.ChangePasswordForm",
    "set_password": "ikrar.accounts.forms.SetPasswordForm",
    "reauthenticate": "ikrar.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("IKRAR_TRUSTED_PROXIES", "0"))
MFA_ADAPTER = "ikrar.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Ikrar"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "ikrar.accounts.forms.AuthenticateForm",
    "reauthenticate": "ikrar.accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "ikrar.accounts.forms.ActivateTOTPForm",
}
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# Cookies and transport
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}ikrar_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}ikrar_csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "ikrar.web.views.csrf_failure"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
