"""A Träger with something of everything in it, all of it marked: the Träger, its people and its files."""

from dataclasses import dataclass, field
from io import BytesIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    Page,
    Task,
    UploadedFile,
    Workflow,
)
from wagtail.users.models import UserProfile

from sites import models as sites
from sites.access.creation import create_traeger
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import PortalDocument, PortalImage, Traeger, User
from tests.leaks.marking import TOPIC, Filler, Marks

PASSWORD = "beispiel-passwort-47"


def _picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (400, 300), "#0b6570").save(data, "PNG")
    return data.getvalue()


@dataclass
class Planted:
    """One Träger and its objects, by kind. Lists that go together (a page, its revision) have one order."""

    traeger: Traeger
    people: dict[str, User] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    images: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    collections: list = field(default_factory=list)
    translations: list = field(default_factory=list)
    others: dict[str, list] = field(default_factory=dict)


class FilesPlanter:
    """Makes the Träger, its people and its files."""

    def __init__(self, marks: Marks):
        self.marks = marks
        self.targets: dict = {}
        self.filler = Filler(marks, self.targets)

    def _text(self, label: str, public: bool = False) -> str:
        return f"{TOPIC} {self.marks.word(label, public)}"

    def _make_traeger(self):
        slug = self.marks.word("Traeger.slug", public=True)
        traeger = create_traeger(
            self._text("Traeger.name", public=True),
            slug=slug,
            short_name=self._text("Traeger.short_name", public=True),
        )
        self.traeger, self.planted = traeger, Planted(traeger)
        self.filler.fill(branding := sites.Branding.objects.get(site=traeger.site), public=True).save()
        branding.save()
        for role in traeger.roles.all():
            role.group.name = self._text(f"Group.name ({role.role})")
            role.group.save()
        root = traeger.collection
        root.add_child(instance=Collection(name=self._text("Collection.name (public)")))
        for collection in Collection.objects.filter(path__startswith=root.path).order_by("path"):
            collection.name = self._text("Collection.name")
            collection.save()
            self.planted.collections.append(collection)
        self.traeger.collection.refresh_from_db()
        self.internal = Collection.objects.get(path__startswith=root.path, view_restrictions__isnull=False)
        groups = [role.group for role in traeger.roles.all()]
        for workflow in Workflow.objects.filter(workflow_pages__page=traeger.folder_id):
            workflow.name = self._text("Workflow.name")
            workflow.save()
            self.planted.others["workflow"] = [workflow]
        tasks = Task.objects.filter(groupapprovaltask__groups__in=groups).distinct()
        for task in tasks:
            task.name = self._text("Task.name")
            task.save()
        self.planted.others["task"] = [task.specific for task in tasks]
        self.start = traeger.site.root_page.specific
        self.targets[Page] = self.start

    def _make_people(self):
        for role in (LESEN, REDAKTION, FREIGABE, LEITUNG):
            user = self.filler.fill(User(is_active=True), label=role)
            user.set_password(PASSWORD)
            user.save()
            user.traeger.add(self.traeger)
            user.groups.add(self.traeger.group(role))
            self.planted.people[role] = user
        self.author, self.head = self.planted.people[REDAKTION], self.planted.people[LEITUNG]
        profile = UserProfile.get_for_user(self.author)
        name = f"{self.marks.word('UserProfile.avatar')}.png"
        profile.avatar.save(name, ContentFile(_picture()))
        self.planted.others["avatar"] = [profile.avatar]
        self.targets[User] = self.author

    def _make_media(self):
        for collection, public in ((self.internal, False), (self.traeger.collection, True)):
            self.targets[Collection] = collection
            image = self.filler.fill(PortalImage(uploaded_by_user=self.author), public)
            name = f"{self.marks.word('PortalImage.file', public)}.png"
            image.file = ImageFile(BytesIO(_picture()), name=name)
            image.save()
            document = self.filler.fill(PortalDocument(uploaded_by_user=self.author), public)
            content = self._text("PortalDocument.file (content)", public)
            name = f"{self.marks.word('PortalDocument.file', public)}.txt"
            document.file.save(name, ContentFile(content.encode()), save=False)
            document.save()
            # What Wagtail would note when somebody opens the file for the first time.
            document.get_file_size()
            document.get_file_hash()
            for item in (image, document):
                item.tags.add(self.marks.word(f"{item._meta.label}.tags", public))
                log(item, "wagtail.create", user=self.author, title=str(item))
            self.planted.images.append(image)
            self.planted.documents.append(document)
        self.targets[PortalImage], self.targets[PortalDocument] = image, document
        for model in (PortalImage, PortalDocument):
            upload = UploadedFile(
                for_content_type=ContentType.objects.get_for_model(model), uploaded_by_user=self.author
            )
            upload.file.save(f"{self.marks.word('UploadedFile.file')}.png", ContentFile(_picture()))
            self.planted.others.setdefault("upload", []).append(upload)
