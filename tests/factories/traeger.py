import factory

from sites.access.creation import create_traeger
from sites.models import Traeger


class TraegerFactory(factory.Factory):
    """A complete Träger, as `create_traeger` makes it. Traits: coordination, knowledge."""

    class Meta:
        model = Traeger

    class Params:
        coordination = factory.Trait(kind=Traeger.Kind.COORDINATION, slug="beispiel-portal")
        knowledge = factory.Trait(kind=Traeger.Kind.KNOWLEDGE, slug="wissen")

    name = factory.Sequence(lambda n: f"Beispiel-Träger {n}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return create_traeger(*args, **kwargs)
