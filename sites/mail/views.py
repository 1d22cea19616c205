"""The report „Nicht zugestellte E-Mails“, for administrators."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.mail.packing import unpack
from sites.mail.tasks import try_again
from sites.models import OutgoingMail

LISTED = 100


class UndeliveredView(WagtailAdminTemplateMixin, TemplateView):
    """The mails that were given up, failed so far, or have been waiting for too long."""

    template_name = "sites/mail/undelivered.html"
    page_title = _("Undelivered e-mails")
    header_icon = "mail"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        mails = OutgoingMail.objects.undelivered()[:LISTED]
        return super().get_context_data(
            mails=[(mail, unpack(mail.content)) for mail in mails], listed=LISTED, **kwargs
        )


class TryAgainView(View):
    """Lets one mail or all be tried anew, at once; by POST only."""

    def post(self, request, pk=None):
        mails = OutgoingMail.objects.undelivered()
        if pk:
            mails = mails.filter(pk=get_object_or_404(mails, pk=pk).pk)
        count = try_again(mails)
        text = ngettext(
            "%(count)d e-mail is being sent again. Please look here once more in a minute.",
            "%(count)d e-mails are being sent again. Please look here once more in a minute.",
            count,
        )
        messages.success(request, text % {"count": count})
        return redirect("portal_mails")


class UndeliveredPanel(Component):
    """On the dashboard of administrators, while there is something undelivered."""

    name = "undelivered_mails"
    template_name = "sites/mail/dashboard.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"count": OutgoingMail.objects.undelivered().count()}
