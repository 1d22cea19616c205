"""A person is deleted: nothing keeps the name, and nothing is lost that stands in pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    Locale,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, StringTranslation, TranslationSource

from home.models import Verification
from home.models.notices import Notice
from knowledge.models import PartnerIndexPage, StaffNote
from search.models import SavedSearch
from sites.access.roles import LEITUNG, REDAKTION
from sites.accounts.deletion import what_goes, what_stays
from sites.grants.log import log_given
from sites.mail.packing import pack
from sites.models import (
    Invitation,
    Job,
    OutgoingMail,
    PasswordRequest,
    PortalDocument,
    PortalImage,
    Session,
    TeamRecord,
    User,
)
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    UserFactory,
)
from tests.factories.media import show
from tests.sites.grants.granting import grant
from tests.sites.media.uploads import jpeg
from tests.wording import said
from tests.world import list_page

pytestmark = pytest.mark.django_db

EMAIL, FIRST, LAST = "xaverine@beispiel.test", "Xaverine", "Zwirnfried"
# Every column of a table or view of the portal that holds words, JSON included.
COLUMNS = """
SELECT c.table_name, c.column_name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'ARRAY', 'bytea', 'tsvector')
"""


def rows_with(*words: str) -> set[tuple[str, str]]:
    """Return the table and column of everything in the database that holds one of the words."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = set()
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ILIKE %s)',  # noqa: S608
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.add((table, column))
    return found


def relations() -> dict[str, ForeignKey]:
    """Return every column of every table that names a person, with those of many-to-many tables."""
    found = {}
    for relation in User._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if relation.auto_created and isinstance(field, ForeignKey):
            found[f"{field.model._meta.label}.{field.name}"] = field
    return found


# Our own models stand in the place of these.
NEVER_USED = {
    "guardian.UserObjectPermission.user",
    "wagtaildocs.Document.uploaded_by_user",
    "wagtailimages.Image.uploaded_by_user",
}
NUMBER_STAYS = {"wagtailcore.PageLogEntry.user", "wagtailcore.ModelLogEntry.user"}
NUMBER = 987654321
# Documented in docs/operators/permissions.md: the number of the account, and no name.
KEPT_NUMBERS = {
    ("wagtailcore_modellogentry", "label"),
    ("wagtailcore_modellogentry", "object_id"),
    ("wagtailcore_modellogentry", "data"),
    ("wagtailcore_pagelogentry", "data"),
    ("wagtailcore_revision", "content"),
    ("wagtail_localize_translationsource", "content_json"),
}
WORDS = ("xaverin", "zwirnfr")


def grants_of(person, by, page, image, document) -> None:
    for obj in (page, image, document):
        given = grant(person, obj, "change", granted_by=by)
        log_given(obj, given, person, by)
        group = by.traeger.get().group(LEITUNG)
        log_given(obj, grant(group, obj, "change", granted_by=person), group, person)
        # Somebody else's, given by the person.
        grant(by, obj, "change", granted_by=person)


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, title="Beispielseite")


@pytest.fixture
def leaver(traeger_a, knowledge, page, person):
    """Somebody who has left a trace in every table that knows people."""
    names = {"email": EMAIL, "first_name": FIRST, "last_name": LAST}
    user = UserFactory(pk=NUMBER, role=REDAKTION, traeger=traeger_a, **names)
    other = person(LEITUNG, traeger_a)
    image, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    user.photo = ImageFactory(traeger=traeger_a, title=f"Foto {LAST}")
    user.user_permissions.add(Permission.objects.first())
    user.save()
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("gesicht.jpg", ContentFile(jpeg()))
    for file in (image, document):
        file.uploaded_by_user = user
        file.save()
    upload = UploadedFile(uploaded_by_user=user)
    upload.file.save("halb.txt", ContentFile(b"halb"))
    grants_of(user, other, page, image, document)
    common = {"scheme": "http", "host": "x", "path": "/", "fingerprint": "x", "total": 1}
    SavedSearch.objects.create(user=user, site=traeger_a.site, language="de", query="q=x", title=LAST)
    Job.objects.create(user=user, kind="move", title=f"Umzug {FIRST}", **common)

    mine = Comment.objects.create(page=page, user=user, text=f"{FIRST} fragt", contentpath="title")
    mine.log_create(user=user)
    answer = CommentReply.objects.create(comment=mine, user=other, text="Antwort")
    answer.log_create(user=other)
    theirs = Comment.objects.create(page=page, user=other, text="Frage", contentpath="title")
    theirs.log_create(user=other)
    reply = CommentReply.objects.create(comment=theirs, user=user, text=f"{LAST} antwortet")
    reply.log_create(user=user)
    done = {"resolved_by": user, "resolved_at": timezone.now()}
    Comment.objects.create(page=page, user=other, text="Erledigt", contentpath="title", **done)
    PageSubscription.objects.create(page=page, user=user, comment_notifications=True)
    page = Page.objects.get(pk=page.pk).specific
    page.owner = user
    page.save()
    page.save_revision(user=user, log_action=True)
    workflow = page.get_workflow()
    state = workflow.start(page, user)
    state.current_task_state.finished_by = user
    state.current_task_state.save()
    of_page = ContentType.objects.get_for_model(page)
    now = timezone.now()
    EditingSession.objects.create(user=user, content_type=of_page, object_id=page.pk, last_seen_at=now)
    form = {"content_type": of_page, "object_id": page.pk, "last_updated_at": now}
    FormState.objects.create(user=user, data={"title": [LAST]}, **form)
    APIToken.objects.create(user=user, name=f"Gerät von {FIRST}", key_hash="x", prefix="x")
    log(user, "wagtail.edit", user=other)
    log(image, "wagtail.edit", user=user)
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=user)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    segment = source.stringsegment_set.select_related("context").first()
    english = {"locale": Locale.objects.get_or_create(language_code="en")[0], "context": segment.context}
    StringTranslation.objects.create(
        **english, translation_of=segment.string, data="Example page", last_translated_by=user
    )
    SegmentOverride.objects.create(**english, data_json="1", last_translated_by=user)
    for to in (EMAIL, other.email):
        OutgoingMail.objects.create(content=pack(mail.EmailMessage("Hallo", "Text", to=[to])))
    PasswordRequest.objects.create(email=EMAIL)
    role = {"traeger": traeger_a, "role": REDAKTION}
    # Of the person, and by them.
    for to, by in ((EMAIL.upper(), other), ("neu@beispiel.test", user)):
        open_until = now + timedelta(days=1)
        Invitation.objects.create(email=to, digest="x", invited_by=by, expires_at=open_until, **role)
    TeamRecord.objects.create(action="invited", about=EMAIL, by=other, **role)
    TeamRecord.objects.create(action="joined", about=f"{FIRST} {LAST}", person=user, by=user, **role)
    partner = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage))
    StaffNote.objects.create(page=partner, text="Dienstags ist wenig los.", changed_by=user)
    Verification.objects.create(
        page_id=partner.pk, traeger=knowledge, verified_until=now.date(), verified_by=user
    )
    Notice.objects.create(page=partner, reason=Notice.Reason.PHONE, language="de", reporter=user)
    Notice.objects.create(
        page=partner, reason=Notice.Reason.PHONE, language="de", answered_by=user, answered_at=now
    )
    client = Client()
    client.force_login(user, backend="sites.accounts.backend.PortalBackend")
    return user


@pytest.fixture
def admin(client_for, traeger_a):
    return client_for(UserFactory(admin=True), traeger_a)


def naming(user) -> set[str]:
    return {name for name, field in relations().items() if field.model.objects.filter(**{field.name: NUMBER})}


def test_nothing_names_who_was_deleted(leaver, admin, page):
    """The scene is complete: the person stands in every column that can name one."""
    assert naming(leaver) == set(relations()) - NEVER_USED
    sessions = Session.objects.count()
    images = PortalImage.objects.count()
    response = admin.post(reverse("wagtailusers_users:delete", args=[NUMBER]))
    assert response.status_code == 302
    assert not User.objects.filter(pk=NUMBER).exists()
    assert naming(leaver) == NUMBER_STAYS
    assert rows_with(*WORDS) == set()
    assert rows_with(str(NUMBER)) <= KEPT_NUMBERS
    assert Session.objects.count() == sessions - 1
    assert OutgoingMail.objects.filter(content__contains="Hallo").count() == 1
    assert not PasswordRequest.objects.exists()
    assert PortalImage.objects.count() == images - 1


def test_files_go_with_the_rows(leaver, admin, django_capture_on_commit_callbacks):
    names = [
        UserProfile.objects.get(user=leaver).avatar.name,
        UploadedFile.objects.get().file.name,
        leaver.photo.file.name,
    ]
    assert all(names)
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("wagtailusers_users:delete", args=[NUMBER]))
    assert not any(default_storage.exists(name) for name in names)


def test_many_at_once_leave_as_little(leaver, admin):
    address = reverse("wagtail_bulk_action", args=["thinka_sites", "user", "delete"])
    response = admin.post(f"{address}?id={NUMBER}")
    assert response.status_code == 302
    assert naming(leaver) == NUMBER_STAYS
    assert rows_with(*WORDS) == set()


def test_nothing_is_lost_that_stands_in_pages(leaver, admin, page):
    """Pages, their versions and files stay, also where they name the person; so do grants given by them."""
    body = [("text", f"<p>Fragen Sie {FIRST}.</p>")]
    ContentPageFactory(parent=page, title="Team", owner=leaver, body=body)
    before = counts()
    admin.post(reverse("wagtailusers_users:delete", args=[NUMBER]))
    # The photo, which nothing else showed.
    assert counts() == before | {"PortalImage": before["PortalImage"] - 1}
    kept = Page.objects.get(title="Team")
    assert kept.owner is None
    assert FIRST in str(kept.specific.body)
    # A version can still be opened, with the comments of the others.
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [comment.text for comment in draft.wagtail_admin_comments.all()] == ["Frage"]


def counts() -> dict[str, int]:
    models = (Page, Revision, PortalImage, PortalDocument, TaskState, WorkflowState, PageLogEntry)
    return {model.__name__: model.objects.count() for model in models}


def test_a_photo_that_a_page_shows_stays(leaver, admin, page):
    show(leaver.photo, page)
    admin.post(reverse("wagtailusers_users:delete", args=[NUMBER]))
    assert PortalImage.objects.filter(pk=leaver.photo_id).exists()


def test_the_history_names_somebody_else(leaver, admin, page):
    admin.post(reverse("wagtailusers_users:delete", args=[NUMBER]))
    html = admin.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert said("Somebody else") in html
    assert admin.get(reverse("wagtailadmin_reports:site_history")).status_code == 200


def test_the_dialogue_says_what_happens(leaver, admin, page):
    html = admin.get(reverse("wagtailusers_users:delete", args=[NUMBER])).content.decode()
    for text in (
        said("The profile picture."),
        said("The photo “%(title)s”, which nothing else shows.", title=leaver.photo.title),
        "3 Freigaben, die diese Person hat.",
        "1 Kommentar zu einer Seite.",
        "1 Antwort von jemand anderem auf diese Kommentare.",
        "1 Antwort auf einen Kommentar.",
        "1 Vorgang, der noch nicht fertig ist.",
        "1 Seite.",
        "1 Fassung einer Seite.",
        "2 hochgeladene Bilder und Dokumente.",
        "Dann schalten Sie das Konto ab, statt es zu löschen:",
    ):
        assert text in html, text
    assert f'href="/admin/users/edit/{NUMBER}/#id_is_active"' in html


def test_the_dialogue_for_many_says_it_for_each(leaver, admin, traeger_a, person):
    other = person(REDAKTION, traeger_a, first_name="Ottokar")
    address = reverse("wagtail_bulk_action", args=["thinka_sites", "user", "delete"])
    html = admin.get(f"{address}?id={NUMBER}&id={other.pk}").content.decode()
    assert html.count(said("This stays, without the name:")) == 2
    assert "3 Freigaben, die diese Person hat." in html


def test_whoever_has_done_nothing_is_told_so(person, traeger_a):
    nobody = person(REDAKTION, traeger_a)
    with override("de"):
        assert what_goes(nobody) == ["Das Konto mit seinen Rollen und Anmeldungen."]
        assert len(what_stays(nobody)) == 1


def test_the_sessions_of_others_go_on(leaver, client_for, traeger_a, person, admin):
    colleague = client_for(person(REDAKTION, traeger_a), traeger_a)
    admin.post(reverse("wagtailusers_users:delete", args=[NUMBER]))
    assert colleague.get("/admin/").status_code == 200
