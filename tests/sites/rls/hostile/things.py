"""What the tries name: everything there is of Träger A, and the people of Träger B who try."""

import json
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Comment,
    GroupCollectionPermission,
    Locale,
    Page,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    Site,
    TaskState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringSegment, TemplateSegment, Translation, TranslationSource

from home.models import NewsIndexPage, NewsPage, Notice
from knowledge.models import PublishedVersion
from search.indexing import drain
from search.models import AskedQuestion, Change, EngineChange, EngineIndex, MissingContent, SavedSearch
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.accounts.sessions import SessionStore
from sites.models import Branding, Job, MediaTag, PageGroupGrant, PageUserGrant, PortalImage, User
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsPageFactory,
    PinFactory,
    SynonymFactory,
    TopicFactory,
    UserFactory,
)
from tests.factories.bodies import text_body
from tests.world import World, list_page

# Of another layout than other bodies.
SECRET = json.dumps([{"type": "text", "value": "<ol><li>Geheim</li></ol>"}])
# A number that nothing has.
MISSING = 2_000_000_000


@dataclass(frozen=True)
class Things:
    """`ids`: by placeholder; `people`: who tries, by role."""

    ids: dict[str, object]
    people: dict[str, User]

    def fill(self, sql: str, **more) -> str:
        """Put the ids into a try."""
        return sql.format(**self.ids | more)


def _page(traeger, user: User, **fields) -> NewsPage:
    """An internal page with a draft, whose translation somebody has begun."""
    parent = list_page(traeger, NewsIndexPage)
    page = NewsPageFactory(parent=parent, internal=True, **fields)
    page.save_revision(user=user, log_action=True)
    page.get_workflow().start(page, user)
    english, _created = Locale.objects.get_or_create(language_code="en")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=english)
    return page


def _edits(user, page) -> None:
    # Wagtail keeps those of all types of pages under the type of the plain page.
    pages = ContentType.objects.get_for_model(Page)
    EditingSession.objects.create(
        user=user, content_type=pages, object_id=page.pk, last_seen_at=timezone.now()
    )


def _foreign(traeger) -> dict[str, object]:
    """Pages, files and people of Träger A, with all that comes with them."""
    user, stranger = (UserFactory(role=role, traeger=traeger) for role in (LEITUNG, LESEN))
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session.save()
    UserProfile.get_for_user(user)
    UserProfile.objects.filter(user=stranger).delete()
    image = ImageFactory(traeger=traeger, shown=True)
    image.get_rendition("width-20")
    inner = traeger.collection.get_children().get(name=INTERNAL_COLLECTION)
    private = ImageFactory(collection=inner, title="Geheim")
    private.get_rendition("width-20")
    page = _page(
        traeger, user, title="Geheim", summary="Geheim", picture=image, picture_alt="Geheim", body=SECRET
    )
    comment = Comment.objects.create(page=page, user=user, text="Geheim", contentpath="title")
    PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    _edits(user, page)
    tag = MediaTag.objects.create(traeger=traeger, name="Geheim", slug="geheim")
    Redirect.objects.create(site=traeger.site, old_path="/geheim", redirect_link="https://beispiel.test/")
    group = traeger.group(LEITUNG)
    files = GroupCollectionPermission.objects.filter(group=group, collection=traeger.collection).first()
    task = page.current_workflow_state.current_task_state
    state = task.workflow_state
    idle = TaskState.objects.create(workflow_state=state, revision=task.revision, task=task.task)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    string = StringSegment.objects.get(source=source, context__path="summary")
    template = TemplateSegment.objects.get(source=source).template
    # A page that has nothing but itself.
    other = NewsPageFactory(parent=list_page(traeger, NewsIndexPage), internal=True)
    return {
        "foreign_page": page.pk,
        "foreign_page_path": page.path,
        "foreign_slug": page.slug,
        "foreign_list_slug": page.get_parent().slug,
        "foreign_list_url": page.get_parent().url_path,
        "foreign_key": page.translation_key,
        "foreign_revision": page.latest_revision_id,
        "foreign_restriction": page.view_restrictions.get().pk,
        "foreign_other_page": other.pk,
        "foreign_other_key": other.translation_key,
        "foreign_home": traeger.site.root_page_id,
        "foreign_folder": traeger.folder_id,
        "foreign_path": traeger.folder.path,
        "foreign_user": user.pk,
        "foreign_email": user.email,
        "foreign_stranger": stranger.pk,
        "foreign_group": group.pk,
        "foreign_group_name": group.name,
        "foreign_approvers": traeger.group(FREIGABE).pk,
        "foreign_collection": traeger.collection_id,
        "foreign_files_path": traeger.collection.path,
        "foreign_inner": inner.pk,
        "foreign_inner_path": inner.path,
        "files_permission": files.permission_id,
        "foreign_image": image.pk,
        "foreign_file": image.file.name,
        "foreign_document": DocumentFactory(traeger=traeger).pk,
        "foreign_private_document": DocumentFactory(collection=inner).pk,
        "foreign_reference_hash": ReferenceIndex.objects.get(
            object_id=page.pk, to_object_id=image.pk, content_path="picture"
        ).content_path_hash,
        "foreign_traeger": traeger.pk,
        "foreign_name": traeger.name,
        "foreign_site": traeger.site_id,
        "foreign_branding": Branding.for_site(traeger.site).pk,
        "foreign_host": traeger.site.hostname,
        "foreign_port": traeger.site.port,
        "bare_site": Site.objects.create(hostname="leer.test", root_page=other.page_ptr).pk,
        "foreign_context_path": string.context.path_id,
        "foreign_string_hash": string.string.data_hash,
        "foreign_template_uuid": template.uuid,
        "foreign_private_image": private.pk,
        "foreign_comment": comment.pk,
        "foreign_tag": tag.pk,
        "foreign_workflow": state.workflow_id,
        "foreign_task": task.task_id,
        "foreign_task_state": task.pk,
        "foreign_idle_task_state": idle.pk,
        "foreign_context": string.context_id,
        "foreign_string": string.string_id,
        "foreign_template": template.pk,
        "foreign_translation_uuid": source.translations.get().uuid,
    }


def _mine(traeger, people: dict[str, User], colleague: User) -> dict[str, object]:
    """What belongs to Träger B."""
    page = _page(traeger, people[REDAKTION], body=text_body())
    _edits(people[REDAKTION], page)
    restricted = PageViewRestriction.objects.filter(page__path__startswith=traeger.folder.path)
    Redirect.objects.create(site=traeger.site, old_path="/mein", redirect_link="https://beispiel.test/")
    return {
        "me": people[REDAKTION].pk,
        "my_page": page.pk,
        "my_pages": _listed(restricted.values_list("page_id", flat=True)),
        "my_path": page.path,
        "my_list_path": page.get_parent().path,
        "my_colleague": colleague.pk,
        "my_people": _listed(person.pk for person in (*people.values(), colleague)),
        "my_group": traeger.group(REDAKTION).pk,
        "my_approvers": traeger.group(FREIGABE).pk,
        "my_heads": traeger.group(LEITUNG).pk,
        "my_collection": traeger.collection_id,
        "my_inner": traeger.collection.get_children().get(name=INTERNAL_COLLECTION).pk,
        "my_workflow_state": page.current_workflow_state.pk,
        "my_document": DocumentFactory(traeger=traeger).pk,
        "my_image": ImageFactory(traeger=traeger).pk,
        "my_site": traeger.site_id,
        "my_tag": MediaTag.objects.create(traeger=traeger, name="Mein").pk,
        "my_traeger": traeger.pk,
        "my_workflow": page.get_workflow().pk,
        "my_source": TranslationSource.objects.get(object_id=page.translation_key).pk,
    }


def _shared(coordination, permission: Permission) -> dict[str, object]:
    """What everybody sees."""
    types = {"page_type": Page, "news_type": NewsPage, "image_type": PortalImage, "branding_type": Branding}
    image = ImageFactory(traeger=coordination)
    image.get_rendition("width-20")
    return {
        "shared_image": image.pk,
        "permission": permission.pk,
        "page_permission": permission.pk,
        "image_permission": Permission.objects.get(codename="view_portalimage").pk,
        "document_permission": Permission.objects.get(codename="view_portaldocument").pk,
        "english": Locale.objects.get(language_code="en").pk,
        "locale": Locale.objects.get(language_code="de").pk,
        "missing": MISSING,
        **{name: ContentType.objects.get_for_model(model).pk for name, model in types.items()},
    }


@transaction.atomic
def make(world: World) -> Things:
    """Make everything and tell its ids."""
    people = {role: UserFactory(role=role, traeger=world.traeger_b) for role in (REDAKTION, LEITUNG)}
    colleague = UserFactory(role=REDAKTION, traeger=world.traeger_b)
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    ids = (
        _foreign(world.traeger_a)
        | _mine(world.traeger_b, people, colleague)
        | _shared(world.coordination, permission)
    )
    given = {"content_object_id": ids["foreign_page"], "permission": permission}
    PageUserGrant.grants.create(user=colleague, **given)
    PageGroupGrant.grants.create(group_id=ids["foreign_approvers"], **given)
    for pk in (ids["foreign_user"], colleague.pk, ids["me"]):
        Job.objects.create(user_id=pk, kind="delete", title="Geheim", total=1, fingerprint=str(pk))
    for _number in range(2):
        TopicFactory()
    ids["administrator"] = UserFactory(admin=True).pk
    drain()
    # Another one waits for the background service.
    PinFactory(page_id=ids["foreign_page"], questions="Geheim")
    today = timezone.localdate()
    notice = {"page_id": ids["foreign_page"], "text": "Geheim", "email": "geheim@beispiel.test"}
    Notice.objects.create(reason="phone", language="de", **notice)
    Notice.objects.create(page_id=ids["my_page"], reason="phone", language="de", told=True)
    said = [["title", "Geheim"]]
    PublishedVersion.objects.create(page_id=ids["foreign_page"], published_at=timezone.now(), said=said)
    for pk in (ids["foreign_user"], ids["me"]):
        SavedSearch.objects.create(
            user_id=pk, site_id=ids["foreign_site"], language="de", query="q=geheim", title="Geheim"
        )
    AskedQuestion.objects.create(text="geheim", language="de", month=today, first_on=today, number=9)
    MissingContent.objects.create(question="Geheim")
    SynonymFactory()
    Change.objects.create(object_id=ids["foreign_page"])
    EngineChange.objects.create(entry_id=1, withdrawn=False)
    EngineIndex.objects.create(name="portal", began=1)
    return Things(ids, people)


def _listed(ids) -> str:
    return ", ".join(str(pk) for pk in ids)
