"""Settings of the site, from the environment. Nothing here is policy.

MUJUN_HOME      where the database, the store and the key are kept (default: out/site)
MUJUN_HOSTS     names the site answers to, separated by commas
MUJUN_HTTPS     1 where the site is served over HTTPS: secure cookies with the __Host- prefix, and HSTS
MUJUN_PROXIES   how many proxies of our own stand before the site (default 0): they say where a request came from
MUJUN_DEMO      1 for a site of fictitious data (示例数据): marked on every page, and its clock can be moved
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from mujun.web.secret import secret_key

HOME = Path(os.environ.get("MUJUN_HOME", "out/site")).resolve()
HOME.mkdir(parents=True, exist_ok=True)
DEMO = os.environ.get("MUJUN_DEMO") == "1"
HTTPS = os.environ.get("MUJUN_HTTPS") == "1"

SECRET_KEY = secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = [*os.environ.get("MUJUN_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "mujun.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mujun.web.middleware.ActorMiddleware",
]
ROOT_URLCONF = "mujun.web.urls"
WSGI_APPLICATION = "mujun.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "csp.context_processors.nonce",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mujun.web.context.everywhere",
            ],
            "builtins": ["mujun.web.templatetags.mujun"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "mujun.sqlite3",
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",  # a read transaction cannot be upgraded while another writes
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
        "TEST": {"NAME": HOME / "test.sqlite3"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "mujunweb.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
INITIAL_SECRET_AGE = 72 * 3600
"""How long a password that was handed to somebody waits for its one use, in seconds."""
RECOVERY_CODE_TURNS = 100_000
"""How often a recovery code is hashed over."""
LIMITS = {
    # kind of try: how many, in how many seconds
    "login_pair": (5, 900),  # wrong passwords for one name from one source
    "login_device": (5, 900),  # … in a browser in which this account has logged in before
    "login_source": (30, 900),  # … from one source for any names
    "login_name": (50, 3600),  # … for one name from everywhere, known browsers aside
    "reauthenticate": (5, 900),  # passwords and codes by somebody who is logged in
    "objection": (10, 3600),
    "paper": (60, 3600),  # objections on paper, entered by one official
    "look_up": (20, 900),
    "activate": (20, 900),
    "verify": (60, 900),  # files and codes that somebody brings to be checked
    "search": (60, 60),
    "export": (20, 60),  # files made when they are asked for
    "download": (120, 60),  # files that are there
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}
"""Counts what is only read; a full cache would forget some of it."""
PROXIES = int(os.environ.get("MUJUN_PROXIES", "0"))
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_IDLE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mujun.web.views.home.forged"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
SMALL_UPLOAD = 2 << 20
"""Bytes of an office's workbook, inflated: some 2,800 rows by 20. A file no larger is looked at and brought in within a
request, each in less than a second (docs/decisions/0033); a larger one by the worker."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 << 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "mujun.web.log.OneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
