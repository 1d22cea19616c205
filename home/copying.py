"""„Neue Seite wie diese“: a copy that is a draft, with a title that says so and a free address."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.coreutils import find_available_slug

from home.addresses import MESSAGE, is_reserved
from sites.fields.slugs import transliterate_in_browser, transliterated


class PageLikeThisForm(CopyForm):
    """Wagtail's form with what fits most; publishing comes later, when the copy has been changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parent = self.page.get_parent()
        self.fields["new_title"].initial = _("Copy of %(title)s") % {"title": self.page.title}
        self.fields["new_slug"].initial = find_available_slug(parent, transliterated(self.page.slug))
        transliterate_in_browser(self.fields["new_slug"])
        self.fields.pop("publish_copies", None)
        # An alias can't be edited: the opposite of what is wanted here.
        self.fields.pop("alias", None)
        if "copy_subpages" in self.fields:
            self.fields["copy_subpages"].initial = False

    def clean_new_slug(self):
        return transliterated(self.cleaned_data["new_slug"])

    def clean(self):
        data = super().clean()
        parent = data.get("new_parent_page") or self.page.get_parent()
        if is_reserved(data.get("new_slug", ""), parent):
            self.add_error("new_slug", ValidationError(MESSAGE, code="reserved"))
        return data
