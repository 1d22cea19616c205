"""What is searched for, counted without saying by whom: see docs/decisions/0022-counted-questions.md.

A question is counted at most once in ten minutes, whoever asks it, and so is a click: so nobody's repeated
visits stand out, and nobody can count on and on.
"""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.db import connection
from django.http import HttpResponse, HttpResponseForbidden
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.asked.models import AskedQuestion
from search.question import BEST, Question

# Longer texts are no questions but stories.
LONGEST = 100
# Days after which a question is forgotten that was asked too seldom to be shown.
SELDOM_KEPT = 30
# Days after which all others are.
KEPT = 2 * 366


def counted(question: Question) -> str:
    """Return the text under which `question` is counted; empty where it is not.

    What narrows down, pages on or orders anew is the same question once more.
    """
    again = question.page > 1 or any(question.chosen.values()) or question.order != BEST or question.literal
    text = " ".join(question.text.casefold().split()).strip(" .,;:!?")
    return "" if again or not question.words or len(text) > LONGEST else text


def count(request, question: Question, language: str, found: bool) -> str:
    """Count the question of a request; `found`: whether there were hits.

    Returns the address that a browser calls when a hit is opened; empty where nothing is counted. One query.
    """
    text = counted(question)
    # What a browser fetches in advance nobody has asked for.
    if not text or request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search_asked(%s, %s, %s)", [text, language, found])
    return f"{reverse('search_clicked')}?{urlencode({'q': text, 'language': language})}"


# A foreign page could only send what anybody can send; no right of anybody is used here.
@csrf_exempt
@require_POST
def clicked(request):
    """Count that somebody opened a hit: asked by browsers with the attribute `ping` of the link."""
    origin = urlsplit(request.headers.get("Origin", ""))
    if origin.netloc != request.get_host():
        return HttpResponseForbidden()
    text, language = request.GET.get("q", ""), request.GET.get("language", "")
    if 0 < len(text) <= LONGEST and "\x00" not in text + language:
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_search_clicked(%s, %s)", [text, language])
    return HttpResponse(status=204)


def forget() -> None:
    """Delete what was asked too seldom to be shown, and what is long ago. Runs as the database's owner."""
    today = timezone.localdate()
    seldom = AskedQuestion.objects.filter(number__lt=AskedQuestion.SHOWN_FROM)
    seldom.filter(first_on__lte=today - timedelta(days=SELDOM_KEPT)).delete()
    AskedQuestion.objects.filter(month__lt=today - timedelta(days=KEPT)).delete()
