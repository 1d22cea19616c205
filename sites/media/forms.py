"""The forms of the editing area about pictures and documents."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from sites.media.collections import StaysInItsCollection
from sites.media.fields import TOO_LARGE, PictureField
from sites.media.sniffing import check_content
from sites.models import Traeger
from sites.models.tags import NO_TRAEGER


class _TaggedFileForm:
    """For forms about a file: refuses tags where the file's collection belongs to no Träger."""

    def clean(self):
        data = super().clean()
        collection = data.get("collection") or self._only_collection()
        if data.get("tags") and collection and Traeger.objects.for_collection(collection.pk) is None:
            self.add_error("tags", NO_TRAEGER)
        return data

    def _only_collection(self):
        """Return the collection that Wagtail takes without asking, where the person has no choice."""
        return self.collections[0] if len(self.collections) == 1 else None


class DocumentForm(_TaggedFileForm, StaysInItsCollection, BaseDocumentForm):
    """Adds or changes a document."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            file.error_messages["file_too_large"] = TOO_LARGE

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_content(file)
        return file


class PictureForm(_TaggedFileForm, StaysInItsCollection, BaseImageForm):
    """Adds or changes a picture; asks for the text alternative by the name that editors know."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            # Wagtail makes its own field for every form.
            self.fields["file"] = PictureField(
                required=stock.required, label=stock.label, max_length=stock.max_length, widget=stock.widget
            )
        if description := self.fields.get("description"):
            description.label = _("Text alternative")
            description.help_text = _(
                "What is to be seen, for people who do not see the picture. Pages suggest it where the "
                "picture is used. Pictures of clients don't belong here."
            )
