"""Views that take the place of Wagtail's, at the same addresses."""

from django.contrib.auth.models import Group
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import PageViewRestriction

from sites.collation import german
from sites.privacy import PagePrivacyForm
from sites.tenancy import traeger_of


class PrivacyView(SetPrivacyView):
    """Who may read a page. Offers the roles of the page's own Träger; Wagtail would offer everybody's."""

    form_class = PagePrivacyForm

    def get_initial(self):
        """Tick all roles of the Träger until somebody has chosen among them."""
        initial = super().get_initial()
        if not self.restriction or self.restriction.restriction_type != PageViewRestriction.GROUPS:
            initial["groups"] = self._own_groups()
        return initial

    def _own_groups(self):
        return Group.objects.filter(traeger_role__traeger=traeger_of(self.page))

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        groups = self._own_groups()
        if self.restriction:
            # Groups that somebody else let in stay visible, or saving would throw them out silently.
            groups |= Group.objects.filter(pageviewrestriction=self.restriction)
        form.fields["groups"].queryset = groups.distinct().order_by(german("name"))
        return form
