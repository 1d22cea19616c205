from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from sites.access.privacy import forget_history, hand_over_restrictions, keep_closed, keep_restrictions
from sites.access.sources import register as register_source_actions
from sites.admin import scope
from sites.admin.api import DocumentsInScope, ImagesInScope, PagesInScope
from sites.admin.handbook import CHAPTERS, handbook
from sites.admin.page_views import PortalPageViewSet
from sites.admin.reports import ApprovalsView
from sites.admin.session import session_state
from sites.admin.summary import OwnPagesSummaryItem
from sites.admin.translating import (
    offer_what_works,
    refuse_bulk_without_source,
    refuse_restart,
    refuse_without_source,
)
from sites.admin.viewsets import TraegerViewSet
from sites.grants.log import register as register_log_actions
from sites.jobs.failures import FailuresPanel, FailuresView, TaskAgainView
from sites.jobs.panels import JobsPanel
from sites.media.collections import MoveDocuments, MovePictures
from sites.media.tag_views import TagDocuments, TagPictures
from sites.models import Traeger

# After Wagtail's, whose place they take.
for tagging in (TagDocuments, TagPictures):
    hooks.register("register_bulk_action", tagging, order=1)


# Before the hook that leads to the copy and ends the view.
@hooks.register("after_copy_page", order=-1)
def restrict_copies(request, page, new_page):
    # An alias follows its source.
    if not new_page.alias_of_id:
        keep_restrictions(page, new_page, request.user)
    before = Traeger.objects.for_page(page)
    hand_over_restrictions(new_page, before)
    if Traeger.objects.for_page(new_page) != before:
        forget_history(new_page)


@hooks.register("before_convert_alias_page")
def restrict_what_was_an_alias(request, page):
    if request.method == "POST":
        keep_closed(page.alias_of_id, page.pk)


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [TraegerViewSet()]


# After Wagtail's, whose place these take.
@hooks.register("register_admin_viewset", order=1)
def register_page_views():
    return PortalPageViewSet()


for bulk_action in (MoveDocuments, MovePictures):
    hooks.register("register_bulk_action", bulk_action, order=1)


@hooks.register("register_admin_urls")
def register_views():
    return [
        path("hilfe/<slug:name>/", handbook, name="portal_handbook"),
        path("sitzung/", session_state, name="portal_session"),
        path("freigaben/", include("sites.grants.urls")),
        path("vorgaenge/", include("sites.jobs.urls")),
        path("team/", include("sites.team.urls")),
        path("reports/hintergrund/", FailuresView.as_view(), name="portal_failures"),
        path("reports/hintergrund/<uuid:pk>/", TaskAgainView.as_view(), name="portal_task_again"),
        path("reports/hintergrund/e-mails/", include("sites.mail.urls")),
        path("reports/approvals/", ApprovalsView.as_view(), name="portal_approvals"),
        path(
            "reports/approvals/results/",
            ApprovalsView.as_view(results_only=True),
            name="portal_approvals_results",
        ),
    ]


hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", register_source_actions)
hooks.register("before_edit_page", refuse_restart, order=-1)
hooks.register("before_edit_page", refuse_without_source, order=-1)
hooks.register("before_bulk_action", refuse_bulk_without_source)
hooks.register("construct_page_action_menu", offer_what_works)


class ApprovalsMenuItem(MenuItem):
    def is_shown(self, request):
        return policy_registry.get_by_type(Page).user_has_permission(request.user, "publish")


class AdministratorsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser


class TeamMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_superuser or Traeger.objects.led_by(request.user).exists()


@hooks.register("register_admin_menu_item")
def register_team():
    return TeamMenuItem(_("Team"), reverse("portal_teams"), name="team", icon_name="group", order=450)


@hooks.register("register_reports_menu_item")
def register_approvals():
    return ApprovalsMenuItem(
        _("Approvals"), reverse("portal_approvals"), name="approvals", icon_name="tasks", order=100
    )


@hooks.register("register_reports_menu_item")
def register_failures():
    return AdministratorsMenuItem(
        FailuresView.page_title, reverse("portal_failures"), name="failures", icon_name="history", order=1200
    )


# What is left of the reports for somebody who works for a Träger. The others list people, workflows or page
# types of all Träger.
TRAEGER_REPORTS = {"approvals", "site-history", "aging-pages"}
# And for somebody who writes, too.
WRITERS_REPORTS = {"checks"}


@hooks.register("construct_reports_menu")
def only_own_reports(request, items):
    if request.user.is_superuser:
        return
    may_publish = policy_registry.get_by_type(Page).user_has_permission(request.user, "publish")
    shown = WRITERS_REPORTS | (TRAEGER_REPORTS if may_publish else set())
    items[:] = [item for item in items if item.name in shown]


@hooks.register("construct_settings_menu")
def only_own_settings(request, items):
    """Languages of the whole portal are no business of a Träger."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "locales"]


@hooks.register("construct_homepage_summary_items", order=1000)
def count_own_pages(request, items):
    items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]
    items.append(OwnPagesSummaryItem(request))


@hooks.register("construct_homepage_panels")
def show_what_runs_in_the_background(request, panels):
    panels.append(JobsPanel(request.user))
    if request.user.is_superuser:
        panels.append(FailuresPanel())


@hooks.register("construct_help_menu")
def own_help(request, items):
    """Our handbook instead of links to other people's websites."""
    shortcuts = [item for item in items if item.name == "keyboard-shortcuts-trigger"]
    items[:] = [
        MenuItem(
            title, reverse("portal_handbook", args=[name]), name=f"help-{name}", icon_name="help", order=order
        )
        for order, (name, title) in enumerate(CHAPTERS.items())
    ] + shortcuts


@hooks.register("insert_global_admin_css")
def portal_colours():
    return format_html('<link rel="stylesheet" href="{}">', static("admin/portal.css"))


@hooks.register("insert_global_admin_js")
def own_scripts():
    scripts = [(static(f"admin/{name}.js"),) for name in ("start", "session", "landmarks")]
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("construct_page_chooser_queryset")
def choose_own_and_shared_pages(pages, request):
    """Offer the pages within the person's reach, and what the shared sites have published for them."""
    if request.user.is_superuser:
        return pages
    return pages.filter(pk__in=scope.choosable_pages(request.user).values("pk"))


# After Wagtail's own, whose places they take.
@hooks.register("construct_admin_api", order=1000)
def answer_scripts_in_scope(router):
    router.register_endpoint("pages", PagesInScope)
    router.register_endpoint("images", ImagesInScope)
    router.register_endpoint("documents", DocumentsInScope)
