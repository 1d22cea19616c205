"""The mails among what failed in the background, for administrators."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin.ui.components import Component

from sites.mail.packing import unpack
from sites.mail.tasks import try_again
from sites.models import OutgoingMail

LISTED = 100


class UndeliveredMails(Component):
    """The mails that were given up, failed so far, or have been waiting for too long."""

    template_name = "sites/mail/undelivered.html"

    def get_context_data(self, parent_context):
        mails = OutgoingMail.objects.undelivered()[:LISTED]
        return {"mails": [(mail, unpack(mail.content)) for mail in mails], "listed": LISTED}


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
        return redirect("portal_failures")
