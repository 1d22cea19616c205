"""„Ich habe geprüft": one click on the page of an entry, or two from a mail."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View
from wagtail.models import Page

from home.lifecycle.checking import looks_after, verify
from home.models.lifecycle import Verification
from sites.access.readers import may_read


@method_decorator(never_cache, name="dispatch")
class VerifyView(View):
    """Asks (GET) and notes (POST) that an entry is true. 404 to whoever does not look after it."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.page = get_object_or_404(Page, pk=kwargs["page_id"], live=True).specific
        self.verification = Verification.objects.about(self.page).first()
        allowed = self.verification and looks_after(request.user, self.verification)
        if not (allowed and may_read(self.page, request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, **kwargs):
        context = {"entry": self.page, "verification": self.verification}
        return render(request, "home/lifecycle/verify.html", context)

    def post(self, request, **kwargs):
        verify(self.page, self.verification, by=request.user)
        self.verification.refresh_from_db()
        until = date_format(self.verification.verified_until)
        messages.success(request, _("Thank you. This counts as checked until %(date)s.") % {"date": until})
        return redirect(self.page.get_url(request))
