"""A Django view that does one insert: the least a server can do to keep what somebody said."""

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

MAKE_TABLE = {
    "sqlite": "CREATE TABLE bench_row (id integer PRIMARY KEY AUTOINCREMENT, said varchar(200) NOT NULL)",
    "postgresql": "CREATE TABLE bench_row (id bigserial PRIMARY KEY, said varchar(200) NOT NULL)",
}


def keep(request):
    """Inserts one row, committed by itself."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row (said) VALUES (%s)", [request.body[:200].decode()])
    return HttpResponse(b"kept", status=201, headers={"Content-Length": "4"})


def make_table() -> None:
    """The table the view writes to."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE_TABLE[connection.vendor])


urlpatterns = [path("keep/", keep)]


def application():
    """For gunicorn: `tests.bench.bare_view:application()`."""
    return get_wsgi_application()
