"""Every setting of Redress, in one file that runs with nothing set.

`Settings` reads the environment (and an optional `.env`); the Django settings below are derived
from it. Setting `ALLOWED_HOSTS` (or any of the production variables with `DEBUG=false`) switches
to production, where `manage.py check --deploy` refuses the defaults (backoffice/common/checks.py).
docs/settings.md describes each field.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator may set, by environment variable of the same name."""

    # A wrong value is not repeated: it may hold a password.
    model_config = SettingsConfigDict(
        env_file=BASE_DIR / ".env", extra="ignore", hide_input_in_errors=True
    )

    debug: bool = Field(False, description="Show tracebacks in the browser. Never in production.")
    var_dir: Path = Field(BASE_DIR / "var", description="Where local files live.")
    secret_key: SecretStr | None = Field(None, description="Signs sessions and links.")
    secret_key_file: Path | None = Field(None, description="A file holding SECRET_KEY.")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default=[], description="Host names served, comma separated; set means production."
    )
    csrf_trusted_origins: Annotated[list[str], NoDecode] = Field(
        default=[], description="Origins (https://...) whose forms are trusted behind a proxy."
    )
    database_url: str = Field("", description="postgres://user:pass@host/name; SQLite if empty.")
    database_pool_size: int = Field(8, ge=1, description="PostgreSQL connections per process.")
    broker_url: str = Field("", description="redis://host:6379/0; a file-system broker if empty.")
    email_url: str = Field("", description="smtp://user:pass@host:587?tls=1; console if empty.")
    default_from_email: str = Field("redress@localhost", description="Sender of mail.")
    s3_bucket: str = Field("", description="Bucket for evidence files; local files if empty.")
    s3_endpoint: str = Field("", description="Endpoint of an S3 that is not Amazon's.")
    s3_region: str = Field("", description="Region of the bucket.")
    s3_access_key: str = Field("", description="Access key of the bucket.")
    s3_secret_key: SecretStr | None = Field(None, description="Secret key of the bucket.")
    accel_prefix: str = Field(
        "", description="Internal address where nginx serves var/media (X-Accel-Redirect)."
    )
    photo_workers: int = Field(2, ge=1, description="Photos decoded at once by each process.")
    photo_hosts: Annotated[list[str], NoDecode] = Field(
        default=[], description="Hosts of listing photos that the desk may show, comma separated."
    )
    tracking_patterns: Path | None = Field(
        None, description="A TOML file of further couriers' tracking numbers (feed.md)."
    )
    time_zone: str = Field("UTC", description="Zone of staff pages until a user picks another.")
    language_code: str = Field("en", description="Default language: en or zh-hans.")
    simulated_adjudicator: str = Field(
        "",
        description="E-mail of the staff member as whom a `disputes:simulate` key adjudicates;"
        " nobody if empty. For trials, never in production.",
    )
    sweep_batch: int = Field(500, ge=1, le=10_000, description="Due rows a sweep takes at once.")
    sweep_seconds: int = Field(30, ge=1, description="Seconds between two sweeps.")

    @field_validator("allowed_hosts", "csrf_trusted_origins", "photo_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return [word.strip() for word in value.split(",") if word.strip()]

    @field_validator("database_url", "email_url")
    @classmethod
    def _of_a_kind_we_speak(cls, value: str, info: ValidationInfo) -> str:
        schemes = {"database_url": ["postgres", "postgresql"], "email_url": ["smtp"]}
        known = schemes[str(info.field_name)]
        if value and urlsplit(value).scheme not in known:
            raise ValueError(f"begin it with {known[0]}://")
        return value


env = Settings()  # type: ignore[call-arg]
ENV = env  # for the deployment checks: Django shows upper-case names only
PRODUCTION = bool(env.allowed_hosts)
VAR_DIR = env.var_dir


def _secret_key() -> str:
    """SECRET_KEY, else SECRET_KEY_FILE, else one made once under var/ with mode 0600."""
    if env.secret_key:
        return env.secret_key.get_secret_value()
    if env.secret_key_file:
        return env.secret_key_file.read_text().strip()
    path = env.var_dir / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, whole = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # of processes that start at once, the first one's stays
            os.link(whole, path)
        os.unlink(whole)
    return path.read_text()


def _database() -> dict[str, Any]:
    """SQLite in WAL mode with IMMEDIATE transactions, or PostgreSQL with a psycopg pool."""
    if not env.database_url:
        env.var_dir.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": env.var_dir / "redress.sqlite3",
            "OPTIONS": {
                # Deferred transactions lose concurrent writes: a reader cannot become a writer.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
            },
        }
    url = urlsplit(env.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 0,  # required with a pool
        "OPTIONS": {
            **dict(parse_qsl(url.query)),
            "pool": {"min_size": 0, "max_size": env.database_pool_size, "timeout": 30},
        },
    }


def _email() -> dict[str, Any]:
    """Django's EMAIL_* settings from EMAIL_URL; mail goes to the console when it is empty."""
    if not env.email_url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    url = urlsplit(env.email_url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": url.port or 25,
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": "tls=1" in url.query,
    }


def _storages() -> dict[str, Any]:
    """Files under var/media, or a private S3 bucket."""
    static = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if not env.s3_bucket:
        location = {"location": env.var_dir / "media"}
        local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": location}
        return {"default": local, "staticfiles": static}
    from botocore.config import Config

    options = {
        "bucket_name": env.s3_bucket,
        "endpoint_url": env.s3_endpoint or None,
        "region_name": env.s3_region or "us-east-1",  # signatures name one, whoever's server it is
        "access_key": env.s3_access_key or None,
        "secret_key": env.s3_secret_key.get_secret_value() if env.s3_secret_key else None,
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
        # Servers other than Amazon's refuse the checksums boto3 adds by default.
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if env.s3_endpoint else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
    s3 = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    return {"default": s3, "staticfiles": static}


SECRET_KEY = _secret_key()
DEBUG = env.debug
ALLOWED_HOSTS = env.allowed_hosts or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins

INSTALLED_APPS = [
    "backoffice.common.admin.RedressAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "backoffice.common",
    "backoffice.accounts",
    "backoffice.audit",
    "backoffice.outbox",
    "backoffice.files",
    "backoffice.rulebook",
    "backoffice.orders",
    "backoffice.ledger",
    "insurance",
    "disputes",
    "sellers",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "backoffice.accounts.middleware.ReaderZoneMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "backoffice.urls"
WSGI_APPLICATION = "backoffice.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": _database()}
# SQLite's indexes hold no further columns. Ours are then slower, which is no news at each migrate.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]

USE_TZ = True
TIME_ZONE = env.time_zone
LANGUAGE_CODE = env.language_code
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
USE_I18N = True
FORMAT_MODULE_PATH = ["backoffice.common.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = env.var_dir / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = _storages()
# Without collectstatic (development, demo, tests) WhiteNoise serves from the finders.
WHITENOISE_USE_FINDERS = not PRODUCTION
if not PRODUCTION:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of one that is not there
# A body beyond this is refused with a 413 before it is parsed: 1,000 feed items fit in it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

locals().update(_email())
DEFAULT_FROM_EMAIL = env.default_from_email

SELF = "'self'"


def _bucket_origins() -> list[str]:
    """Where our addresses of files lead to when they lie in a bucket."""
    if not env.s3_bucket:
        return []
    endpoint = urlsplit(env.s3_endpoint)
    return [f"{endpoint.scheme}://{endpoint.netloc}" if endpoint.netloc else "*.amazonaws.com"]


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *_bucket_origins(), *(f"https://{h}" for h in env.photo_hosts)],
        "frame-ancestors": ["'none'"],
        "base-uri": [SELF],
        "form-action": [SELF],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "backoffice.accounts.api.authentication.ApiKeyAuthentication"
    ],
    "DEFAULT_PERMISSION_CLASSES": ["backoffice.accounts.api.permissions.HasScope"],
    "DEFAULT_RENDERER_CLASSES": ["backoffice.common.api.renderers.QuickJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["backoffice.common.api.parsers.StrictJSONParser"],
    "EXCEPTION_HANDLER": "backoffice.common.api.problems.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "backoffice.common.api.openapi.ApiSchema",
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_METADATA_CLASS": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Redress API",
    "DESCRIPTION": "Orders in, disputes through, refunds out. Errors are RFC 9457 problems.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Fields of one name with lists of their own: what each list is called in the document.
    "ENUM_NAME_OVERRIDES": {
        "AccountKind": "backoffice.ledger.enums.AccountKind",
        "TransferKind": "backoffice.ledger.enums.TransferKind",
        "ActorKind": "backoffice.common.actors.ActorKind",
        "DisputeStatus": "disputes.enums.Status",
        "DisputeOutcome": "disputes.enums.Outcome",
        "AppealOutcome": "disputes.enums.AppealOutcome",
        "DisputeReason": "disputes.enums.Reason",
        "DenyReason": "disputes.enums.DenyReason",
        "Party": "disputes.enums.Party",
        "Side": "disputes.serializers.bodies.SIDES",
    },
}

CELERY_BROKER_URL = env.broker_url or "filesystem://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
if env.broker_url.startswith("redis"):
    # Redis hands back unacknowledged messages only if it looks for them often enough.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "visibility_timeout": 600,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 10,
    }
elif not env.broker_url:
    CELERY_BROKER_TRANSPORT = "backoffice.common.broker:Transport"
    _queue = env.var_dir / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(env.var_dir / "beat")
# A hint nobody took before the next one comes is worth nothing: it must not pile up.
_FRESH = {"expires": env.sweep_seconds}
CELERY_BEAT_SCHEDULE = {
    "sweep-cases": {
        "task": "disputes.sweep_cases",
        "schedule": env.sweep_seconds,
        "options": _FRESH,
    },
    "follow-facts": {
        "task": "disputes.follow_facts",
        "schedule": env.sweep_seconds,
        "options": _FRESH,
    },
    "watch-deliveries": {
        "task": "orders.watch_deliveries",
        "schedule": 2 * env.sweep_seconds,
        "options": _FRESH,
    },
    "reconcile": {"task": "disputes.reconcile", "schedule": 3600},
    "clear-uploads": {"task": "files.clear_uploads", "schedule": 3600},
    "forget-answers": {"task": "common.forget_answers", "schedule": 86_400},
}
ACCEL_PREFIX = env.accel_prefix
PHOTO_WORKERS = env.photo_workers
PHOTO_HOSTS = env.photo_hosts
TRACKING_PATTERNS = env.tracking_patterns
SIMULATED_ADJUDICATOR = env.simulated_adjudicator
SWEEP_BATCH = env.sweep_batch
SWEEP_SECONDS = env.sweep_seconds

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
LOGIN_URL = "admin:login"
