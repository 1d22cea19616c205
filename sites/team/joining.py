"""What the link in an invitation opens: a form for a new account, or one button for whoever has one.

An account that is there is joined to the team by its holder only, who is signed in. Whoever has no link that
holds learns nothing: all get the same answer.
"""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from sites.team.forms import JoinForm
from sites.team.invitations import KNOWN, accept, join, opened

TEMPLATE = "account/invitation.html"


@method_decorator(never_cache, name="dispatch")
class InvitationView(View):
    def dispatch(self, request, *args, **kwargs):
        self.link = (kwargs["pk"], kwargs["token"])
        self.invitation = opened(*self.link)
        if self.invitation is None:
            return self._over()
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self._show(JoinForm(email=self.invitation.email))

    def post(self, request, *args, **kwargs):
        if self.invitation.account == KNOWN:
            return self._accept(request)
        # Somebody is signed in, and it is not who was invited.
        if request.user.is_authenticated:
            return self._show(None)
        form = JoinForm(request.POST, email=self.invitation.email)
        if not form.is_valid():
            return self._show(form)
        values = form.cleaned_data
        if not join(*self.link, values["first_name"], values["last_name"], values["password"]):
            return self._over()
        text = _("Your account is ready. Please log in with %(email)s and your password.")
        messages.success(request, text % {"email": self.invitation.email})
        return redirect("login")

    def _accept(self, request):
        if not self.invitation.is_mine:
            return self._show(None)
        if not accept(*self.link):
            return self._over()
        text = _("You work for %(traeger)s from now on.") % {"traeger": self.invitation.traeger}
        messages.success(request, text)
        return redirect(settings.PORTAL_STAFF_START)

    def _show(self, form):
        context = {"invitation": self.invitation, "form": form, "known": self.invitation.account == KNOWN}
        return render(self.request, TEMPLATE, context)

    def _over(self):
        return render(self.request, "account/invitation_over.html", status=404)
