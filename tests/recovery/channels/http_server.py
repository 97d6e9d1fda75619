"""A real HTTP server on loopback that answers as told: yes, no, slowly, never, or nonsense."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Asked(NamedTuple):
    """One request as it arrived."""

    path: str
    headers: dict
    body: bytes


class Server:
    """`.url`, `.asked`; set `.status`, `.answer`, `.headers`, or `.manner` to "hang", "drip" or "garbage"."""

    def __init__(self):
        self.asked: list[Asked] = []
        self.status, self.answer, self.headers, self.manner = 201, b"", {}, ""
        self.finished = 0
        self.released = threading.Event()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def _handler(server):  # noqa: N805 - the handler's own self is another
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.asked.append(Asked(self.path, dict(self.headers), body))
                getattr(self, server.manner or "usual")()
                server.finished += 1

            def usual(self):
                self.send_response(server.status)
                for name, value in {"Content-Length": str(len(server.answer)), **server.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(server.answer)

            def hang(self):
                server.released.wait(30)

            def drip(self):
                for byte in b"HTTP/1.1 201 Created and then very slowly on" * 100:
                    if server.released.wait(0.05):
                        return
                    try:
                        self.wfile.write(bytes([byte]))
                    except OSError:
                        return

            def garbage(self):
                self.wfile.write(b"\x00\xff\x00 not HTTP at all\r\n\r\n")

            def log_message(self, *_):
                pass

        return Handler


@contextmanager
def running():
    """The server while it is needed; who hangs in it is let go afterwards."""
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.http.shutdown()
        server.http.server_close()
