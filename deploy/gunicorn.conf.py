"""How gunicorn serves: a few processes of a few threads; no access log, as an address may hold a token."""

import os

wsgi_app = "deploy.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "deploy.patience.PatientWorker"  # slow clients keep nobody waiting
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 10
keepalive = 5
control_socket_disable = True
