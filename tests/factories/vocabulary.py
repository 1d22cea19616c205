import factory
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from wagtail.models import Locale

from home.models import FormOfSupport, Sozialraum, TargetGroup, Topic


class TermFactory(DjangoModelFactory):
    """A word of the vocabulary, in German."""

    class Meta:
        abstract = True
        django_get_or_create = ("slug", "locale")

    slug = factory.LazyAttribute(lambda term: slugify(term.name))
    locale = factory.LazyFunction(lambda: Locale.objects.get(language_code="de"))


class TopicFactory(TermFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Thema {n}")


class TargetGroupFactory(TermFactory):
    class Meta:
        model = TargetGroup

    name = factory.Sequence(lambda n: f"Zielgruppe {n}")


class SozialraumFactory(TermFactory):
    class Meta:
        model = Sozialraum

    name = factory.Sequence(lambda n: f"Sozialraum {n}")


class FormOfSupportFactory(TermFactory):
    class Meta:
        model = FormOfSupport

    name = factory.Sequence(lambda n: f"Form der Hilfe {n}")
