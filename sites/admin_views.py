"""Views that take the place of Wagtail's, at the same addresses."""

from django.contrib.auth.models import Group
from wagtail.admin.views.page_privacy import SetPrivacyView

from sites.collation import german
from sites.tenancy import traeger_of


class PrivacyView(SetPrivacyView):
    """Who may read a page. Offers the roles of the page's own Träger; Wagtail would offer everybody's."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        groups = Group.objects.filter(traeger_role__traeger=traeger_of(self.page))
        if self.restriction:
            # Groups that somebody else let in stay visible, or saving would throw them out silently.
            groups |= Group.objects.filter(pageviewrestriction=self.restriction)
        form.fields["groups"].queryset = groups.distinct().order_by(german("name"))
        return form
