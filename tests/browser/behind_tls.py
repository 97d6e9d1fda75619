"""The service as the proxy that ends TLS hands requests to it: its worker's own requests carry no headers of ours."""

from tests.bench.moved_clock import application as service


def application(environ, start_response):
    """The same service, told that the browser's side is encrypted, on a day the visitor may choose."""
    return service({**environ, "HTTP_X_FORWARDED_PROTO": "https"}, start_response)
