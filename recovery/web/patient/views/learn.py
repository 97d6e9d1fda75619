"""Short reads."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recovery.models import Episode
from recovery.web.access import patient_required
from recovery.web.articles import article as article_of
from recovery.web.articles import render_article

from ..presenters.learn import learn_page


@patient_required
@require_safe
def learn(request):
    """All articles, with those for this moment first; or those with some words."""
    page = learn_page(Episode.objects.of(request.user).open().first(), request.GET.get("q", ""))
    return render(request, "recovery/patient/learn.html", {"page": page})


@patient_required
@require_safe
def article(request, slug):
    """One article with its sources."""
    found = article_of(slug)
    if found is None:
        raise Http404
    return render(request, "recovery/patient/article.html", {"article": found, "body": render_article(found)})
