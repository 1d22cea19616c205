"""The pages „Team": who works for a Träger, in which role, and who is invited. For its head.

What is not the head's answers 404, and the database refuses it once more.
"""

from django.contrib.auth import logout
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from sites.accounts.forms import too_often
from sites.models import Invitation, Traeger, User
from sites.team.forms import InviteForm, RoleForm
from sites.team.invitations import invite, revoke, slowed
from sites.team.people import Member, member, members
from sites.team.services import LAST_HEAD, change_role, end_membership

RECORDS = 50
LAST = gettext_lazy(
    "This is the last head of the team. Give somebody else the role Head first, then try again."
)


class _Page(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Team")
    header_icon = "group"


class TeamsView(_Page):
    """Leads to the team, or lets whoever leads several choose one."""

    template_name = "sites/team/teams.html"

    def get(self, request, *args, **kwargs):
        led = list(Traeger.objects.led_by(request.user))
        if not led:
            raise Http404
        if len(led) == 1:
            return redirect("portal_team", led[0].pk)
        return self.render_to_response(self.get_context_data(led=led))

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class _OfTraeger:
    """Finds the Träger that the address names among those that the person leads, or answers 404."""

    @cached_property
    def traeger(self) -> Traeger:
        return get_object_or_404(Traeger.objects.led_by(self.request.user), pk=self.kwargs["traeger_pk"])

    @cached_property
    def member(self) -> Member:
        found = member(self.traeger, self.kwargs["pk"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def invitation(self) -> Invitation:
        return get_object_or_404(self.traeger.invitations, pk=self.kwargs["pk"])

    def back(self) -> HttpResponseRedirect:
        return redirect("portal_team", self.traeger.pk)


class TeamView(_OfTraeger, _Page):
    """The people of one Träger, open invitations, what was done; and the form that invites."""

    template_name = "sites/team/team.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(form=InviteForm(traeger=self.traeger)))

    def post(self, request, *args, **kwargs):
        form = InviteForm(request.POST, traeger=self.traeger)
        if form.is_valid():
            email = form.cleaned_data["email"]
            if wait := slowed(self.traeger, email):
                form.add_error("email", too_often(wait))
            else:
                invite(self.traeger, form.cleaned_data["role"], email, request.user)
                # The same whether there is an account or not.
                messages.success(request, _("%(email)s gets an invitation by e-mail.") % {"email": email})
                return self.back()
        messages.error(request, _("Nobody was invited. Please correct what is marked below."))
        return self.render_to_response(self.get_context_data(form=form))

    def get_page_subtitle(self):
        return str(self.traeger)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            traeger=self.traeger,
            members=members(self.traeger),
            invitations=self.traeger.invitations.all(),
            records=self.traeger.team_records.select_related("by")[:RECORDS],
            **kwargs,
        )


class PersonView(_OfTraeger, _Page):
    """One person of the team: another role, or the end of the membership."""

    template_name = "sites/team/person.html"

    def get(self, request, *args, **kwargs):
        form = RoleForm(initial={"role": self.member.role})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request, *args, **kwargs):
        name, form = str(self.member.person), RoleForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        role = form.cleaned_data["role"]
        if change_role(self.member.person.pk, self.traeger, role) == LAST_HEAD:
            form.add_error("role", LAST)
            return self.render_to_response(self.get_context_data(form=form))
        label = dict(form.fields["role"].choices)[role]
        text = _("%(name)s has the role %(role)s now.") % {"name": name, "role": label}
        messages.success(request, text)
        # Whoever has given the role away themselves leads this team no longer.
        leads = Traeger.objects.led_by(request.user).filter(pk=self.traeger.pk)
        if self.member.person == request.user and not leads:
            return redirect("wagtailadmin_home")
        return self.back()

    def get_page_subtitle(self):
        return str(self.member.person)

    def get_breadcrumbs_items(self):
        team = {"url": reverse("portal_team", args=[self.traeger.pk]), "label": self.page_title}
        return [*self.breadcrumbs_items, team, {"url": "", "label": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(traeger=self.traeger, member=self.member, **kwargs)


class EndView(_OfTraeger, View):
    """Ends a membership, by POST only."""

    def post(self, request, *args, **kwargs):
        name, person = str(self.member.person), self.member.person
        if end_membership(person.pk, self.traeger) == LAST_HEAD:
            messages.error(request, LAST)
            return redirect("portal_team_person", self.traeger.pk, person.pk)
        if person == request.user:
            return self._gone()
        text = _("%(name)s works for %(traeger)s no longer.")
        messages.success(request, text % {"name": name, "traeger": self.traeger})
        return self.back()

    def _gone(self) -> HttpResponseRedirect:
        """Lead away whoever has left the team themselves; with the last team the session has ended, too."""
        if not User.objects.filter(pk=self.request.user.pk, is_active=True).exists():
            logout(self.request)
        return redirect("wagtailadmin_home")


class RevokeView(_OfTraeger, View):
    """Withdraws an invitation, by POST only."""

    def post(self, request, *args, **kwargs):
        email = self.invitation.email
        revoke(self.invitation)
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": email})
        return self.back()


class InviteAgainView(_OfTraeger, View):
    """Sends an invitation anew, with a new link; the old one holds no longer. By POST only."""

    def post(self, request, *args, **kwargs):
        invitation = self.invitation
        if wait := slowed(self.traeger, invitation.email):
            messages.error(request, " ".join(too_often(wait).messages))
        else:
            invite(self.traeger, invitation.role, invitation.email, request.user)
            text = _("%(email)s gets a new link by e-mail. The one before holds no longer.")
            messages.success(request, text % {"email": invitation.email})
        return self.back()
