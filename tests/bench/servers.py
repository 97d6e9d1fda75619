"""Two gunicorns with the same workers, threads and database: the product's and the bare view's."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy import processes


@contextmanager
def both(folder: Path) -> Iterator[dict[str, int]]:
    """Starts both and yields their ports; stops them afterwards."""
    ports, running = {}, []
    try:
        for name, settings, target in (
            ("product", "deploy.settings", "tests.bench.moved_clock"),
            ("bare", "tests.bench.bare_settings", "tests.bench.bare_view:application()"),
        ):
            ports[name] = processes.free_port()
            running.append(_serve(target, settings, ports[name], folder / f"{name}.log"))
        for name, port in ports.items():
            if not processes.wait_until(lambda port=port: not processes.port_is_free(port), seconds=30):
                raise RuntimeError(f"{name} did not start: {(folder / f'{name}.log').read_text()[-1000:]}")
        yield ports
    finally:
        for server in running:
            processes.stop(server)


def _serve(target: str, settings: str, port: int, log: Path):
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{port}", target]
    return processes.start(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings}, log=log)
