"""Views that take the place of Wagtail's, at the same addresses."""

from django.contrib.auth.models import Group
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View
from wagtail.admin.forms.collections import CollectionViewRestrictionForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.permissions import policy_registry

from sites.access.privacy import PagePrivacyForm
from sites.fields.collation import german
from sites.jobs.counting import in_all_languages, name_of
from sites.jobs.enqueue import enqueue
from sites.models import Traeger


def _offer_roles(form, traeger, restriction) -> None:
    """Let `form` offer the roles of `traeger`, and the groups that `restriction` lets in already."""
    groups = Group.objects.filter(traeger_role__traeger=traeger)
    if restriction:
        # Groups that somebody else let in stay visible, or saving would throw them out silently.
        groups |= Group.objects.filter(**{f"{restriction._meta.model_name}": restriction})
    form.fields["groups"].queryset = groups.distinct().order_by(german("name"))


class PrivacyView(SetPrivacyView):
    """Who may read a page. Offers the roles of the page's own Träger; Wagtail would offer everybody's."""

    form_class = PagePrivacyForm

    def get_initial(self):
        """Tick all roles of the Träger until somebody has chosen among them."""
        initial = super().get_initial()
        if not self.restriction or self.restriction.restriction_type != PageViewRestriction.GROUPS:
            initial["groups"] = self._own_groups()
        return initial

    def form_valid(self, form):
        """Store the choice; where very many pages are below, let the dialogue say who does that."""
        if job := enqueue(self.request, "privacy", name_of([self.page]), in_all_languages(self.page)):
            context = {"job": job}
            return render_modal_workflow(self.request, "sites/jobs/dialogue.html", None, context)
        return super().form_valid(form)

    def _own_groups(self):
        return Group.objects.filter(traeger_role__traeger=Traeger.objects.for_page(self.page))

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        _offer_roles(form, Traeger.objects.for_page(self.page), self.restriction)
        return form


class CollectionPrivacyView(View):
    """Who may open the files of a collection. Offers the roles of its own Träger, as for pages.

    Wagtail's view is one function that can't be told which groups to offer; this does the same.
    """

    def dispatch(self, request, collection_id: int):
        self.collection = get_object_or_404(Collection, pk=collection_id)
        policy = policy_registry.get_by_type(Collection)
        if not policy.user_has_permission_for_instance(request.user, "change", self.collection):
            raise Http404
        above = self.collection.get_view_restrictions().order_by("collection__depth").first()
        if above and above.collection_id != collection_id:
            context = {"collection_with_restriction": above.collection}
            return render_modal_workflow(
                request, "wagtailadmin/collection_privacy/ancestor_privacy.html", None, context
            )
        self.restriction = above
        return super().dispatch(request, collection_id)

    def _form(self, data=None) -> CollectionViewRestrictionForm:
        initial = None if self.restriction else {"restriction_type": CollectionViewRestriction.NONE}
        form = CollectionViewRestrictionForm(data, instance=self.restriction, initial=initial)
        _offer_roles(form, Traeger.objects.for_collection(self.collection.pk), self.restriction)
        return form

    def get(self, request, collection_id: int):
        return self._show(request, self._form())

    def post(self, request, collection_id: int):
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        is_public = form.cleaned_data["restriction_type"] == CollectionViewRestriction.NONE
        if not is_public:
            form.instance.collection = self.collection
            form.save()
        elif self.restriction:
            self.restriction.delete()
        done = {"step": "set_privacy_done", "is_public": is_public}
        return render_modal_workflow(request, None, None, None, json_data=done)

    def _show(self, request, form):
        url = reverse("wagtailadmin_collections:set_privacy", args=[self.collection.pk])
        context = {"action_url": url, "object": self.collection, "form": form}
        return render_modal_workflow(
            request, "wagtailadmin/shared/set_privacy.html", None, context, json_data={"step": "set_privacy"}
        )
