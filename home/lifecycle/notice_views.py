"""„Stimmt nicht mehr": a small form that every reader of an entry can send, and the thanks for it."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, TemplateView
from wagtail.models import Page

from home.lifecycle.notice_form import NoticeForm, Token
from home.lifecycle.notices import entry_of, leave, slowed
from home.models.base import PortalPage
from home.models.notices import Notice
from sites.access.readers import may_read
from sites.accounts.forms import too_often
from sites.accounts.views import SlowedView


@method_decorator(never_cache, name="dispatch")
class _AboutEntry:
    """A view about an entry, in whichever language; 404 to whoever does not read it, or where it is none."""

    def dispatch(self, request, *args, **kwargs):
        self.page = get_object_or_404(Page, pk=kwargs["page_id"], live=True).specific
        takes = isinstance(self.page, PortalPage) and self.page.takes_notices
        if not (takes and may_read(self.page, request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, entry=self.page)


# Exempt: Django's token would set a cookie for every visitor; the form has one of its own, see `Token`.
@method_decorator(csrf_exempt, name="dispatch")
class NoticeView(_AboutEntry, SlowedView, FormView):
    """Shows the form and takes it. Who sent it too often gets 429."""

    template_name = "home/lifecycle/notice.html"
    form_class = NoticeForm
    initial = {"reason": Notice.Reason.OTHER}

    def dispatch(self, request, *args, **kwargs):
        # Foreign sites shall not let their visitors send it.
        if (origin := request.headers.get("Origin")) and urlsplit(origin).netloc != request.get_host():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def token(self) -> Token:
        return Token(self.page.pk, self.request.user)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"token": self.token, "user": self.request.user}

    def form_valid(self, form):
        values, entry = form.cleaned_data, entry_of(self.page)
        if wait := slowed(self.request, entry):
            self.request.retry_after = wait
            form.add_error(None, too_often(wait))
            return self.form_invalid(form)
        # Sent once more, by a second click or a machine, it is there already.
        if Token.use(values["token"]):
            leave(entry, values["reason"], values["text"], values.get("email", ""), self.request.user)
        return redirect(reverse("notice_left", args=[self.page.pk]))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, token=self.token.issue())


class NoticeLeftView(_AboutEntry, TemplateView):
    """Thanks. At an address of its own and without a message, which would set a cookie."""

    template_name = "home/lifecycle/notice_left.html"
