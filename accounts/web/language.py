"""Which language a page speaks: the one a person chose; before anybody is signed in, the one their browser asks for."""

from django.conf import settings
from django.utils import translation


def of_the_person(get_response):
    """Speaks the language of whoever is signed in; stands after the locale and authentication middleware."""
    known = dict(settings.LANGUAGES)

    def middleware(request):
        chosen = getattr(request.user, "language", None)
        if chosen not in known:
            return get_response(request)
        request.LANGUAGE_CODE = chosen
        with translation.override(chosen):
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware
