"""Every setting, read from the environment; deploy/env.example names the variables."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from . import api, policy, ticks
from . import environment as env
from .logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = env.flag("DEBUG")
DEMO = env.flag("DEMO")
if DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO=1 lets people in by password alone: unset it, or set DEBUG=1 on your own machine.")
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "data"))).resolve()

# --- who we are -----------------------------------------------------------------------------------------------

RANDOM = "put 50 random characters there (deploy/env.example says how)"
if DEBUG:
    SECRET_KEY = env.text("SECRET_KEY", "only-for-development-and-tests-never-in-production")
    AUDIT_KEY = env.text("AUDIT_KEY", f"audit:{SECRET_KEY}")
    DATA_KEYS = tuple(env.items("DATA_KEYS")) or (f"data:{SECRET_KEY}",)
    ALLOWED_HOSTS = env.items("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
    SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")
    env.stays_at_home(*ALLOWED_HOSTS, urlsplit(SITE_URL).hostname or "")
else:
    SECRET_KEY = env.secret("SECRET_KEY", f"{RANDOM}, or set DEBUG=1 to develop.")
    # Seals the audit trail; another than SECRET_KEY, because that one is changed now and then.
    AUDIT_KEY = env.secret("AUDIT_KEY", f"{RANDOM}, and keep them for good.")
    # Seal what people write, the newest first; the others only open what they sealed (manage.py rotate_keys).
    DATA_KEYS = tuple(map(str.strip, env.secret("DATA_KEYS", f"{RANDOM}; behind a comma, older ones.").split(",")))
    env.all_different(SECRET_KEY=SECRET_KEY, AUDIT_KEY=AUDIT_KEY, DATA_KEYS=",".join(DATA_KEYS))
    SITE_URL = env.needed("SITE_URL", "write the address people open, such as https://back.example.org.")
    SITE_URL = env.public_address("SITE_URL", SITE_URL)
    # Loopback too: the machine's own probes ask for it by number.
    ALLOWED_HOSTS = [*(env.named_hosts("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or ""]), "127.0.0.1"]

SITE_URL = SITE_URL.rstrip("/")
# Outlives a restored backup, which would bring back who has asked to be forgotten since.
ERASURES = env.text("ERASURES", str(DATA_DIR / "erasures"))
AUDIT_ANCHORS = env.text("AUDIT_ANCHORS", str(DATA_DIR / "audit-anchor"))
CSRF_TRUSTED_ORIGINS = [SITE_URL]
INTERNAL_IPS: list[str] = []

# --- what is installed ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "accounts.apps.AccountsConfig",
    "recovery.apps.RecoveryConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    *(["deploy.demo.pages.CalmErrors"] if DEMO else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "deploy.headers.ContentPolicy",
    "deploy.headers.permissions_policy",
    "deploy.headers.nothing_kept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.web.idle.SignOutIdle",
    "accounts.web.language.of_the_person",
    "recovery.web.phone.headers.name_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.web.limits.Guesses",
    "accounts.web.second_step.StaffNeedOne",
    "accounts.web.audit.Trail",
]

ROOT_URLCONF = "deploy.urls"
WSGI_APPLICATION = "deploy.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
    },
]

# --- where rows are kept --------------------------------------------------------------------------------------

if not (DATABASE_URL := env.text("DATABASE_URL")):
    DATABASE_URL = f"sqlite:///{env.folder(DATA_DIR) / 'backstride.sqlite3'}"
DATABASES = {"default": env.database(DATABASE_URL)}

REDIS_URL = env.text("REDIS_URL")
if not REDIS_URL and not DEBUG:
    raise ImproperlyConfigured("REDIS_URL is not set: write the broker's address, such as redis://127.0.0.1:6379/0.")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "web"}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# --- work outside the request ---------------------------------------------------------------------------------

CELERY_BROKER_URL = env.broker_of(REDIS_URL) or "memory://"
CELERY_ENABLE_UTC = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = CELERY_EVENT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
# A tick is acknowledged when its work is done. It carries none itself, so one that comes again does no harm.
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: meanwhile the worker goes round by itself
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 45, 60
# Well above the hard limit, so that no tick is handed to a second worker while the first still works at it.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "socket_connect_timeout": 5}
CELERY_TASK_QUEUES, CELERY_TASK_ROUTES, CELERY_BEAT_SCHEDULE = ticks.QUEUES, ticks.ROUTES, ticks.SCHEDULE
CELERY_TASK_DEFAULT_QUEUE = "routine"
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_BEAT_SCHEDULER = "deploy.beat:PromptScheduler"
OWN_SWEEP_AFTER = env.number("OWN_SWEEP_AFTER", 30)  # seconds without a tick until a worker goes round by itself
WATCHDOG_URL = env.text("WATCHDOG_URL")  # asked for after every clean audit; a monitor elsewhere misses it
METRICS_TOKEN = env.token("METRICS_TOKEN")
HINT = "deploy.hints.something_is_due" if REDIS_URL else ""

# --- mail -----------------------------------------------------------------------------------------------------

_mail = env.mail_server(env.text("EMAIL_URL", "smtp://127.0.0.1:1025" if DEBUG else "smtp://127.0.0.1:25"))
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"]
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_TIMEOUT = _mail["EMAIL_TIMEOUT"]
# A provider instead of a server: install the extra `provider`, and name its backend and keys (deploy/env.example).
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
ANYMAIL = env.starting_with("ANYMAIL_")
MAIL_DOMAIN = env.text("MAIL_DOMAIN", urlsplit(SITE_URL).hostname or "localhost")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"Backstride <backstride@{MAIL_DOMAIN}>")

# --- notifications on phones ------------------------------------------------------------------------------------

VAPID_PRIVATE_KEY = env.text("VAPID_PRIVATE_KEY")  # none: no notifications; `manage.py make_vapid_key` prints one
VAPID_CONTACT = env.text("VAPID_CONTACT", SITE_URL if SITE_URL.startswith("https:") else f"mailto:push@{MAIL_DOMAIN}")
# Push services beside the public ones, each an origin such as https://push.example.org; our own network is allowed.
PUSH_ORIGINS = env.items("PUSH_ORIGINS")

# --- text messages ----------------------------------------------------------------------------------------------

SMS = env.text_messages()  # without a URL there are none

# --- where people live: whom to call ---------------------------------------------------------------------------

EMERGENCY_NUMBER = env.text("EMERGENCY_NUMBER", "112")
URGENT_CARE_NUMBER = env.text("URGENT_CARE_NUMBER", "116117")

# --- people ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": "accounts.passwords.NoWordOfOurs"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "accounts.web.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "accounts.web.sign_in.SignInForm", "signup": "accounts.web.sign_in.SignUpForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.web.forms.SignupFields"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
# Staff have a second factor before anything else opens; a patient confirms a new device with a code by e-mail.
# No variable switches this off: only the demo, which holds nobody's data, lets its people in by password alone.
SECOND_STEP = not DEMO
# Counted in the database (accounts.web.limits); wrong passwords by address and by account, whether or not it exists.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/15m/key", "reauthenticate": "10/15m/user"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address or a factor is changed
ACCOUNT_LOGIN_BY_CODE_TRUST_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
MFA_ADAPTER = "accounts.web.second_step.MfaAdapter"
MFA_TOTP_ISSUER = "Backstride"
MFA_TRUST_COOKIE_AGE = 365 * 24 * 3600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
if not env.is_bare_address(urlsplit(SITE_URL).hostname or ""):  # a passkey belongs to a name, never to a number
    MFA_SUPPORTED_TYPES.append("webauthn")
    MFA_PASSKEY_LOGIN_ENABLED = True
    MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# --- the API --------------------------------------------------------------------------------------------------

REST_FRAMEWORK, SPECTACULAR_SETTINGS = api.REST_FRAMEWORK, api.SPECTACULAR_SETTINGS

# --- languages and time ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]  # each in its own words
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["deploy.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "build" / "static")))
WHITENOISE_USE_FINDERS = DEBUG  # the demo starts without a collectstatic
WHITENOISE_AUTOREFRESH = DEBUG and not DEMO
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "deploy.static_files.HashedFiles"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LOGGING_CONFIG = "deploy.logs.configure"
LOGGING = logging_config(as_json=not DEBUG, level=env.text("LOG_LEVEL", "INFO"))

# --- what a browser may do ------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {"DIRECTIVES": policy.DIRECTIVES}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 90 * 24 * 3600  # a runner in pain is not asked to sign in again; staff: accounts.web.sign_in
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if not DEBUG:  # the prefix makes browsers refuse a cookie some other host or an open line tries to plant
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME, MFA_TRUST_COOKIE_NAME = "__Host-language", "__Host-known-device"
# In the session: a message in a cookie would outlive it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes ask from inside, without TLS
SECURE_HSTS_SECONDS = 0 if DEBUG else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEBUG
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXIES", 0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if DEMO:
    DEFAULT_EXCEPTION_REPORTER = "deploy.demo.pages.CalmReporter"
