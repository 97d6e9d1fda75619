"""With DEBUG on, Django shows what went wrong inside; the demo's people get our own pages instead."""

from django.template.loader import render_to_string
from django.views.debug import ExceptionReporter
from django.views.defaults import page_not_found


class CalmReporter(ExceptionReporter):
    """The page for a failure: ours, with no trace in it. The trace is in the log."""

    def get_traceback_html(self):
        return render_to_string("500.html")


class CalmErrors:
    """Gives the page for an address that is not there our own words."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and response.headers.get("Content-Type", "").startswith("text/html"):
            calm = page_not_found(request, exception=None)
            calm.cookies = response.cookies
            return calm
        return response
