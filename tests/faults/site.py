"""The product's web application, with a fault sown in it if FAULT_BUG names one."""

import io
import os
import threading
import time

from deploy.wsgi import application as product
from tests.faults import bugs, full_disk

BUG = os.environ.get("FAULT_BUG", "")
AFTER = 0.4  # seconds
full_disk.watch(os.environ.get("FAULT_PAGES", ""))


def hasty(environ, start_response):
    """Answers before anything is written: what the web still held when it died is gone."""
    if environ["REQUEST_METHOD"] != "POST":
        return product(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    kept = {**environ, "wsgi.input": io.BytesIO(body)}
    threading.Thread(target=_later, args=(kept,)).start()
    start_response("201 Created", [("Content-Type", "application/json")])
    return [b"{}"]


def _later(environ) -> None:
    time.sleep(AFTER)
    b"".join(product(environ, lambda *_: None))


if BUG == "hasty":
    application = hasty
else:
    bugs.sow(BUG)
    application = product
