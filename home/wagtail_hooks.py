from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from home import closures
from home.addresses import MESSAGE, is_reserved
from home.closure_views import ClosuresView, TakeBackClosureView
from home.dashboard import QuickStartPanel
from home.lifecycle.notice_report import AnswerView, NoticesReport
from home.lifecycle.report import ChecksReport, HandOverView
from home.links import INTERNAL, link_problems
from home.viewsets import VocabularyGroup


@hooks.register("register_admin_viewset")
def register_vocabulary():
    return VocabularyGroup()


@hooks.register("register_admin_urls")
def register_closures():
    address = "schliessungen/<int:page_id>/"
    return [
        path(address, ClosuresView.as_view(), name="portal_closures"),
        path(
            f"{address}<int:closure_id>/zuruecknehmen/",
            TakeBackClosureView.as_view(),
            name="portal_closure_take_back",
        ),
    ]


hooks.register("register_log_actions", closures.register)


@hooks.register("register_admin_urls")
def register_checks():
    return [
        path("pruefungen/", ChecksReport.as_view(), name="portal_checks"),
        path("pruefungen/results/", ChecksReport.as_view(results_only=True), name="portal_checks_results"),
        path("pruefungen/abgeben/", HandOverView.as_view(), name="portal_checks_hand_over"),
    ]


@hooks.register("register_reports_menu_item")
def register_checks_report():
    return MenuItem(
        ChecksReport.page_title, reverse("portal_checks"), name="checks", icon_name="check", order=50
    )


@hooks.register("register_admin_urls")
def register_notices():
    return [
        path("meldungen/", NoticesReport.as_view(), name="portal_notices"),
        path("meldungen/results/", NoticesReport.as_view(results_only=True), name="portal_notices_results"),
        path("meldungen/<uuid:notice_id>/erledigt/", AnswerView.as_view(), name="portal_notice_answer"),
    ]


@hooks.register("register_reports_menu_item")
def register_notices_report():
    return MenuItem(
        NoticesReport.page_title, reverse("portal_notices"), name="notices", icon_name="warning", order=51
    )


@hooks.register("construct_homepage_panels")
def add_quick_start(request, panels):
    panels.append(QuickStartPanel())


def _warn(request, page):
    for problem in link_problems(page.specific, page.path):
        if problem.kind == INTERNAL:
            messages.warning(request, problem.message(request.user))


@hooks.register("after_publish_page")
def warn_of_internal_links(request, page):
    """Links to internal pages may be meant, so they don't stop the publishing."""
    _warn(request, page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_internal_links_on_submission(request, page):
    if "action-submit" in request.POST:
        _warn(request, page)


@hooks.register("after_copy_page")
def edit_the_copy(request, page, new_page):
    """Lead to the copy, because it is made to be changed."""
    return redirect("wagtailadmin_pages:edit", new_page.pk)


@hooks.register("before_move_page")
def keep_reserved_addresses_free(request, page, destination):
    if is_reserved(page.slug, destination):
        messages.error(request, MESSAGE)
        return redirect("wagtailadmin_pages:move", page.pk)
    return None


@hooks.register("before_bulk_action")
def keep_reserved_addresses_free_of_ticked_pages(request, action_type, objects, action):
    if action.model is not Page or action_type != "move":
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    names = [page.get_admin_display_title() for page in objects if is_reserved(page.slug, destination)]
    if names:
        messages.error(request, f"{', '.join(names)}: {MESSAGE}")
        return redirect(action.next_url)
    return None
