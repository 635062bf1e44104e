"""Django's settings. What differs between installations comes from env.py and nowhere else."""

from pathlib import Path

import dj_database_url
import dj_email_url
import django_cache_url
from django.conf import locale

from musubi import config
from musubi.base.common.languages import LANGUAGES as LANGUAGES_OF_MUSUBI
from musubi.config.env import read_env
from musubi.flow import STAGES

ENV = read_env()
PRODUCTION = not ENV.demonstration
DEMONSTRATION = ENV.demonstration

SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)
BASE_URL = ENV.base_url
ROOT_URLCONF = "musubi.config.urls"
WSGI_APPLICATION = "musubi.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "musubi.web.design",  # before allauth: our sign-in pages win over its own
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.line",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "leaflet",  # its static files alone; settings and tags of its own would write script into the page
    "musubi.base.accounts",
    "musubi.base.places",
    "musubi.base.audit",
    "musubi.base.notify",
    "musubi.base.index",
    "musubi.base.knowledge",
    "musubi.base.files",
    *(f"musubi.flow.{stage}" for stage in STAGES),
    "musubi.web.public",
    "musubi.web.workspace",
    "musubi.web.desk",
    "musubi.web.office",
    "musubi.demo",
    "musubi.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "musubi.config.middleware.SentSmall",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "musubi.web.design.middleware.SameForEverybody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "musubi.base.accounts.middleware.SpokenLanguage",
    "musubi.web.design.once.SentOnce",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "musubi.base.index.middleware.ReadOwnWrites",
    "musubi.base.places.middleware.CurrentMunicipality",
    "musubi.web.design.offline.middleware.KeptOnTheDevice",
    "musubi.config.middleware.FuriganaOverKanji",
    "musubi.web.design.middleware.ClosedByDefault",
    "musubi.web.design.middleware.RefusalsHaveReasons",
    "musubi.config.middleware.SecondFactorForStaff",
    "musubi.web.design.middleware.HeadingsBreakByPhrase",
    "musubi.web.design.middleware.JapaneseIsMarked",
    "musubi.web.design.middleware.TermsAreExplained",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "musubi.config.context.town_and_navigation",
            ],
        },
    },
]
FORM_RENDERER = "musubi.web.design.forms.MusubiRenderer"

# Databases: SQLite without any configuration, PostgreSQL through DATABASE_URL. A lock is taken at
# the start of a SQLite transaction so that two writers queue instead of failing half-way.
DATABASES = {"default": dj_database_url.parse(ENV.database_url, conn_max_age=60)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
            # Read from the system's memory of the file (2 GB is the most), which all processes share; of its own each
            # keeps 8 MB.
            "PRAGMA foreign_keys=ON;PRAGMA cache_size=-8192;PRAGMA mmap_size=2147418112;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if ENV.replica_url:
    # The search index is read from it (base.index.adapter.replica), nothing else and never before it is up to date.
    DATABASES["replica"] = dj_database_url.parse(ENV.replica_url, conn_max_age=60, conn_health_checks=True)
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": django_cache_url.parse(ENV.cache_url)}
if CACHES["default"]["BACKEND"].endswith((".DatabaseCache", ".FileBasedCache")):
    # Django keeps 300 entries and then throws away a third, whichever: anybody could flush the limits
    # on signing in and the worker's turns by asking for codes for many addresses.
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000, "CULL_FREQUENCY": 20}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# The one colour an installation may choose; checked in env.py.
ACCENT = ENV.accent

# What one has read stays on one's device for the tunnel (ADR 0013).
OFFLINE = ENV.offline

# Nearness of meaning: learnt from the listings' own words, or by a model that the operator has put there.
VECTORS = ENV.vectors
EMBEDDING = ENV.embedding

# Maps: whose pieces this server fetches and hands on, and where they lie meanwhile; None: no map, only lists and sketches.
TILES = ENV.tiles
TILES_ROOT = ENV.data_dir / "tiles"

# Paper: where its Japanese font is; none: in the system's folders.
FONTS = ENV.fonts

# Language and time: docs/adr/0010-three-locales.md
LANGUAGE_CODE = "ja"
LANGUAGES = [(language.code, language.name) for language in LANGUAGES_OF_MUSUBI]
# Django asks its own table for a language's direction and name, and knows nothing of やさしい日本語.
locale.LANG_INFO["ja-easy"] = {
    "bidi": False,
    "code": "ja-easy",
    "name": "Easy Japanese",
    "name_local": "やさしい日本語",
}
LOCALE_PATHS = [Path(config.__file__).parents[1] / "locale"]
FORMAT_MODULE_PATH = ["musubi.config.formats"]
LANGUAGE_COOKIE_NAME = "__Host-language" if PRODUCTION else "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# Files: the program's own are served by whitenoise, people's lie outside the web root.
STATIC_URL = "static/"
STATIC_ROOT = ENV.data_dir / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns about a folder that is not there
MEDIA_ROOT = ENV.data_dir / "files"
WHITENOISE_USE_FINDERS = DEMONSTRATION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:welcome"
LOGOUT_REDIRECT_URL = "public:home"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
ACCOUNT_ADAPTER = "musubi.base.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "musubi.base.accounts.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "musubi.base.accounts.forms.SignUpForm"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900  # 15 minutes: mail is slow and so may be the reader
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "musubi.base.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMONSTRATION
MFA_TOTP_ISSUER = "Musubi"
SECOND_FACTOR_FOR_STAFF = PRODUCTION
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.trusted_proxies
# Signing in outside begins with a form of ours whose answer leads to the provider's page.
SIGN_IN_ORIGINS: list[str] = []
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if ENV.openid_connect:
    SIGN_IN_ORIGINS.append(ENV.openid_connect.origin)
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "staff",
                "name": ENV.openid_connect.name,
                "client_id": ENV.openid_connect.client_id,
                "secret": ENV.openid_connect.secret,
                "settings": {"server_url": ENV.openid_connect.server_url},
            }
        ]
    }
if ENV.line:
    SIGN_IN_ORIGINS.append("https://access.line.me")
    SOCIALACCOUNT_PROVIDERS["line"] = {
        "APPS": [{"client_id": ENV.line.client_id, "secret": ENV.line.secret}],
        "SCOPE": ["profile", "openid", "email"],
    }

# Mail: in the demonstration it is kept in a table, shown on /dev/mail/ and in the terminal.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.from_email
if ENV.email_url:
    _mail = dj_email_url.parse(ENV.email_url)
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
    EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
else:
    EMAIL_BACKEND = "musubi.base.notify.mailbox.MailboxBackend"
EMAIL_TIMEOUT = 20

# Safety
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *SIGN_IN_ORIGINS],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
