"""Whose page this is, said to the phone in a header."""

from accounts.services.marks import mark_of

PERSON = "Backstride-Person"


def name_person(get_response):
    """Marks every page with the person it was made for: a phone keeps pages for them alone, and drops another's."""

    def middleware(request):
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and hasattr(request, "user"):
            response.headers[PERSON] = mark_of(request.user)
        return response

    return middleware
