"""What the tries name: everything there is of Träger A, and the people of Träger B who try."""

from dataclasses import dataclass

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, PageSubscription, PageViewRestriction

from home.models import NewsIndexPage
from sites.models import Job, MediaTag, PageUserGrant, User
from sites.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory, TopicFactory, UserFactory
from tests.world import World, list_page


@dataclass(frozen=True)
class Things:
    """`ids`: by placeholder; `people`: who tries, by role."""

    ids: dict[str, object]
    people: dict[str, User]

    def fill(self, sql: str, **more) -> str:
        """Put the ids into a try."""
        return sql.format(**self.ids | more)


def _foreign(world: World) -> dict[str, object]:
    """Make a page, files and people of Träger A with all that comes with them."""
    traeger = world.traeger_a
    user = UserFactory(role=LEITUNG, traeger=traeger)
    image = ImageFactory(traeger=traeger)
    image.get_rendition("width-20")
    page = NewsPageFactory(
        parent=list_page(traeger, NewsIndexPage),
        title="Geheim",
        picture=image,
        picture_alt="Geheim",
        internal=True,
    )
    page.save_revision(user=user, log_action=True)
    Comment.objects.create(page=page, user=user, text="Geheim", contentpath="title")
    PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    page.get_workflow().start(page, user)
    EditingSession.objects.create(user=user, content_object=page, last_seen_at=timezone.now())
    MediaTag.objects.create(traeger=traeger, name="Geheim")
    Redirect.objects.create(site=traeger.site, old_path="/geheim", redirect_link="https://beispiel.test/")
    return {
        "foreign_page": page.pk,
        "foreign_home": traeger.site.root_page_id,
        "foreign_path": traeger.folder.path,
        "foreign_user": user.pk,
        "foreign_email": user.email,
        "foreign_group": traeger.group(LEITUNG).pk,
        "foreign_collection": traeger.collection_id,
        "foreign_image": image.pk,
        "foreign_document": DocumentFactory(traeger=traeger).pk,
        "foreign_traeger": traeger.pk,
        "foreign_site": traeger.site_id,
    }


def _mine(world: World, people: dict[str, User], colleague: User) -> dict[str, object]:
    """Make what belongs to Träger B."""
    traeger = world.traeger_b
    page = NewsPageFactory(parent=list_page(traeger, NewsIndexPage), internal=True)
    page.save_revision(user=people[REDAKTION])
    restricted = PageViewRestriction.objects.filter(page__path__startswith=traeger.folder.path)
    return {
        "me": people[REDAKTION].pk,
        "my_page": page.pk,
        "my_pages": _listed(restricted.values_list("page_id", flat=True)),
        "my_path": page.path,
        "my_colleague": colleague.pk,
        "my_people": _listed(person.pk for person in (*people.values(), colleague)),
        "my_group": traeger.group(REDAKTION).pk,
        "my_approvers": traeger.group(FREIGABE).pk,
        "my_heads": traeger.group(LEITUNG).pk,
        "my_collection": traeger.collection_id,
        "my_image": ImageFactory(traeger=traeger).pk,
    }


@transaction.atomic
def make(world: World) -> Things:
    """Make everything and tell its ids."""
    people = {role: UserFactory(role=role, traeger=world.traeger_b) for role in (REDAKTION, LEITUNG)}
    colleague = UserFactory(role=REDAKTION, traeger=world.traeger_b)
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    ids = _foreign(world) | _mine(world, people, colleague) | {"permission": permission.pk}
    PageUserGrant.grants.create(user=colleague, content_object_id=ids["foreign_page"], permission=permission)
    for pk in (ids["foreign_user"], colleague.pk, ids["me"]):
        Job.objects.create(user_id=pk, kind="delete", title="Geheim", total=1, fingerprint=str(pk))
    TopicFactory()
    return Things(ids, people)


def _listed(ids) -> str:
    return ", ".join(str(pk) for pk in ids)
