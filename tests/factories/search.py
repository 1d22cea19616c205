import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from search.models import Pin, Synonym


class SynonymFactory(DjangoModelFactory):
    """Words with the same meaning, in German; `shown` makes it one direction."""

    class Meta:
        model = Synonym

    words = "Bürgergeld, Hartz IV, ALG II"
    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="de"))


class PinFactory(DjangoModelFactory):
    """A page that is recommended for a question."""

    class Meta:
        model = Pin

    questions = "Bürgergeld"
