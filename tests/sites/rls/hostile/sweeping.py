"""The rows of another Träger in every guarded table, for the sweep, and why some may be read."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session as DjangoSession
from django.db import transaction
from django.utils import timezone
from guardian.models import GroupObjectPermission, UserObjectPermission
from taggit.models import Tag, TaggedItem
from wagtail.documents.models import Document
from wagtail.images.models import Image, Rendition
from wagtail.models import Locale, Page, WorkflowContentType
from wagtail.search.models import IndexEntry
from wagtail_localize.models import (
    LocaleSynchronization,
    RelatedObjectSegment,
    Template,
    TranslationContext,
)

from search.indexing import drain
from search.models import Change, EngineChange, EngineIndex
from sites.access.roles import LEITUNG, REDAKTION
from sites.accounts.sessions import SessionStore
from sites.models import AttemptCount, Traeger, User
from sites.rls.derived import tables
from tests.factories import UserFactory
from tests.leaks import rows
from tests.leaks.marking import Marks
from tests.leaks.objects import TERMS
from tests.leaks.planting.files import Planted
from tests.leaks.planting.kept import keep
from tests.leaks.planting.pages import shared_term
from tests.leaks.planting.traces import Planter
from tests.world import World

WITHOUT_A_ROLE, VISITOR = "without a role", "visitor"

_SHARED = "belongs to nobody: the same for everybody"
_IDS_ONLY = "ids only: a restriction that is hidden would look like none"
# Tables that everybody reads, each with its reason. Of the shared ones all rows count as foreign.
SHARED = dict.fromkeys(
    (
        *(model._meta.db_table for model in TERMS.values()),
        *("auth_permission", "django_content_type", "wagtailcore_locale"),
        *("wagtail_localize_localesynchronization", "search_synonym"),
    ),
    _SHARED,
)
READ_BY_ALL = SHARED | dict.fromkeys(
    (
        *("wagtailcore_pageviewrestriction", "wagtailcore_pageviewrestriction_groups"),
        *("wagtailcore_collectionviewrestriction", "wagtailcore_collectionviewrestriction_groups"),
    ),
    _IDS_ONLY,
)

# Beside what pages say: tables from which the sites show something to visitors, each with its reason.
READ_ON_SITES = {
    "wagtailcore_page": "public pages",
    "home_verification": "until when what public pages say counts as checked",
    "knowledge_publishedversion": "what public pages said before",
    "wagtailcore_referenceindex": "numbers of what public pages use",
    "search_entry": "the search of the site",
    "search_attachment": "text and pages of public documents",
    "wagtailcore_site": "names and addresses of sites",
    "thinka_sites_traeger": "names of those who have a site",
    "wagtailcore_collection": "where public files are",
    "thinka_sites_portalimage": "public pictures",
    "thinka_sites_portalrendition": "public pictures",
    "thinka_sites_portaldocument": "public documents",
}

# Rows that no row of a Träger leads to.
_OF_NOBODY = (
    *("thinka_sites_session", "thinka_sites_attemptcount", "django_session"),
    *("search_askedquestion", "search_missingcontent"),
)


@dataclass(frozen=True)
class Swept:
    """`foreign`: primary keys by table; `people`, by role, work for `own` if they have one."""

    foreign: dict[str, list]
    own: Traeger
    people: dict[str, User | None]


def make(world: World) -> Swept:
    """Make a Träger with something of everything, and who is after it."""
    for model in TERMS.values():
        shared_term(model)
    keep(Marks())
    templates = set(Template.objects.values_list("pk", flat=True))
    # The entries of the world's own pages are nobody's here.
    drain()
    before = rows.snapshot()
    with transaction.atomic():
        _never_made(Planter(Marks()).plant())
    foreign = rows.difference(before, rows.snapshot())
    foreign[Template._meta.db_table] = set(Template.objects.values_list("pk", flat=True)) - templates
    for table in (*SHARED, *_OF_NOBODY):
        foreign[table] = set(tables()[table].objects.values_list("pk", flat=True))
    people = {role: UserFactory(role=role, traeger=world.traeger_b) for role in (LEITUNG, REDAKTION)}
    people |= {WITHOUT_A_ROLE: UserFactory(), VISITOR: None}
    return Swept({table: list(keys) for table, keys in foreign.items()}, world.traeger_b, people)


def _never_made(planted: Planted) -> None:
    """Add rows to the tables that the portal leaves empty: some day something may write to them."""
    page, user = planted.pages["submitted"], planted.people[REDAKTION]
    permission = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    content_type = ContentType.objects.get_for_model(Page)
    WorkflowContentType.objects.create(
        workflow=planted.others["workflow"][0], content_type=ContentType.objects.get_for_model(Tag)
    )
    user.user_permissions.add(permission)
    on_page = {"permission": permission, "content_type": content_type, "object_pk": str(page.pk)}
    UserObjectPermission.objects.create(user=user, **on_page)
    GroupObjectPermission.objects.create(group=planted.traeger.group(REDAKTION), **on_page)
    Change.objects.create(object_id=page.pk)
    EngineChange.objects.create(entry_id=1, withdrawn=False)
    EngineIndex.objects.create(name="portal", began=1)
    entry = IndexEntry(
        content_type=content_type, object_id=page.pk, title_norm=1, title="", body="", autocomplete=""
    )
    IndexEntry.objects.bulk_create([entry])
    size = {"width": 1, "height": 1}
    image = Image.objects.bulk_create([Image(title="X", file="x.png", **size)])[0]
    Rendition.objects.bulk_create([Rendition(image=image, filter_spec="x", file="x.png", **size)])
    Document.objects.bulk_create([Document(title="X", file="x.pdf")])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session.save()
    later = timezone.now() + timedelta(days=1)
    DjangoSession.objects.create(session_key="x", session_data="x", expire_date=later)
    AttemptCount.objects.create(key="x", count=1, ends_at=later)
    tag = Tag.objects.create(name="X")
    TaggedItem.objects.create(tag=tag, content_type=content_type, object_id=page.pk)
    source = planted.translations[0].source
    context = TranslationContext.objects.filter(object=source.object).first()
    RelatedObjectSegment.objects.create(source=source, context=context, object=source.object, order=0)
    german, english = (Locale.objects.get(language_code=code) for code in ("de", "en"))
    # Not `create`: the extension would translate every page then.
    LocaleSynchronization.objects.bulk_create([LocaleSynchronization(locale=english, sync_from=german)])
