"""The settings of a test run: deploy.settings with everything kept in one temporary folder."""

import atexit
import os
import shutil
import tempfile

# Set before deploy.settings reads it. A parallel run's workers inherit the folder their parent made.
if "TEST_FOLDER" not in os.environ:
    os.environ["TEST_FOLDER"] = tempfile.mkdtemp(prefix="backstride-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_FOLDER"], ignore_errors=True)
os.environ.update(
    DEBUG="1",
    DEMO="",
    SECRET_KEY="tests-only-tests-only-tests-only-tests-only-tests",
    DATA_DIR=os.environ["TEST_FOLDER"],
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
    REDIS_URL="",
    EMAIL_URL="smtp://127.0.0.1:1",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="",
    LOG_LEVEL="ERROR",
)

from deploy.settings import *  # noqa: E402, F403
from deploy.settings import DATA_DIR, DATABASES  # noqa: E402

# A file, because real worker processes open the same database.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

SECOND_STEP = False  # most tests sign people in by a short cut; those about the second step ask for it
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
