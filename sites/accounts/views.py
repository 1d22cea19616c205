"""Signing in, on the sites and in the editing area."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.shortcuts import resolve_url
from wagtail.admin.views.account import AccountView, ChangePasswordPanel
from wagtail.admin.views.account import LoginView as WagtailLoginView

from sites.accounts import throttle
from sites.accounts.backend import EmailAuthenticationForm
from sites.accounts.browsers import remember
from sites.accounts.forms import SlowedPasswordChange


class SlowedView:
    """A view with a form: answers 429 where that was sent too often, which `request.retry_after` tells."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if wait := getattr(self.request, "retry_after", 0):
            response.status_code = 429
            response["Retry-After"] = str(wait)
        return response


def _reads_only(user) -> bool:
    return not user.has_perm("wagtailadmin.access_admin")


class _SignIn(SlowedView):
    """Whoever comes without a `next` and has nothing to do in the editing area lands where staff begin."""

    def form_valid(self, form):
        user = form.get_user()
        throttle.signed_in(self.request, user.email)
        response = super().form_valid(form)
        remember(self.request, response, user.email)
        return response


class PortalLoginView(_SignIn, LoginView):
    """The login for people who read internal pages; editors come this way too."""

    template_name = "account/login.html"
    authentication_form = EmailAuthenticationForm
    redirect_authenticated_user = True

    def get_default_redirect_url(self):
        if _reads_only(self.request.user):
            return resolve_url(settings.PORTAL_STAFF_START)
        return super().get_default_redirect_url()


class AdminLoginView(_SignIn, WagtailLoginView):
    """The login of the editing area."""

    def get_success_url(self):
        if not self.get_redirect_url() and _reads_only(self.request.user):
            return resolve_url(settings.PORTAL_STAFF_START)
        return super().get_success_url()


class _PasswordPanel(ChangePasswordPanel):
    """Asks for one's old password; wrong ones are counted."""

    form_class = SlowedPasswordChange

    def get_form(self):
        # Wagtail asks for it several times, but one request is one try.
        if not hasattr(self.request, "password_form"):
            self.request.password_form = super().get_form()
            self.request.password_form.request = self.request
        return self.request.password_form


class PortalAccountView(AccountView):
    """One's own account."""

    def get_panels(self):
        return [
            _PasswordPanel(panel.request, panel.user, panel.profile)
            if isinstance(panel, ChangePasswordPanel)
            else panel
            for panel in super().get_panels()
        ]
