"""The bare side of the comparison: the product's database settings and nothing else of it."""

from deploy.settings import DATABASES as DATABASES

SECRET_KEY = "bench"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS: list[str] = []
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "tests.bench.bare_view"
USE_TZ = True
LOGGING_CONFIG = None
