"""What the knowledge base keeps about the search: it belongs to no Träger, and is no business of theirs."""

from django.utils import timezone

from search.models import AskedQuestion, MissingContent, Synonym
from tests.factories import SynonymFactory
from tests.leaks.marking import Marks


def keep(marks: Marks) -> tuple[Synonym, AskedQuestion, MissingContent]:
    """Make synonyms, which everybody may know by what they do, a question and a task, which nobody may."""
    today = timezone.localdate()
    synonym = SynonymFactory(words="Musterwort, Beispielwort")
    question = AskedQuestion.objects.create(
        text=marks.word("AskedQuestion.text"),
        language="de",
        month=today.replace(day=1),
        first_on=today,
        number=AskedQuestion.SHOWN_FROM,
    )
    task = MissingContent.objects.create(
        question=marks.word("MissingContent.question"), note=marks.word("MissingContent.note")
    )
    return synonym, question, task
