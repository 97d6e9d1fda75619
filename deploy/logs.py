"""Logging: readable lines while developing, one JSON object per line in production.

No line carries a person's answers, name or address: what happened is logged by kind and row id.
"""

import logging.config

import structlog

DROPPED = ("request", "data", "args", "kwargs", "hostname")  # Django's and Celery's extras that may hold personal data

SHARED = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def drop_personal(_logger, _method, event: dict) -> dict:
    """Leaves out the extras that may name a person, and what an address holds: it may be a secret or a search."""
    asked = event.get("request")
    if path := getattr(asked, "path", ""):
        match = getattr(asked, "resolver_match", None)
        event["event"] = event["event"].replace(path, f"/{match.route}" if match else "an address that leads nowhere")
    return {key: value for key, value in event.items() if key not in DROPPED}


def logging_config(as_json: bool, level: str) -> dict:
    """A `logging.config` dictionary that sends everything to standard error."""
    rendering = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if as_json
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder()],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, drop_personal, *rendering],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"level": level, "propagate": True, "handlers": []},
            "django.server": {"level": level, "propagate": True, "handlers": []},
            # A statement holds what people answered, in whatever mood the rest is.
            "django.db.backends": {"level": "INFO"},
            # The tick's own start and end lines, every few seconds, would bury the rest.
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            "celery.beat": {"level": "WARNING"},
        },
    }


def configure(config: dict) -> None:
    """Sets up the standard library's logging and structlog on top of it."""
    logging.config.dictConfig(config)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
