import factory
from factory.django import DjangoModelFactory, Password

from sites.models import User

# Long enough for the rules of real accounts.
PASSWORD = "beispiel-passwort-47"


class UserFactory(DjangoModelFactory):
    """A person. `UserFactory(role="redaktion", traeger=caritas)` has that role there; trait: admin.

    The address is not one of the demo domain, because demo accounts can't log in outside a demo.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        admin = factory.Trait(is_superuser=True)

    first_name = "Beispiel"
    last_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@beispiel.test")
    password = Password(PASSWORD)

    @classmethod
    def _create(cls, model_class, *args, role=None, traeger=None, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if traeger:
            user.traeger.add(traeger)
            if role:
                user.groups.add(traeger.group(role))
        return user
