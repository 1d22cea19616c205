"""Every address of the portal, from Django's resolver, and what its arguments mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import LocalePrefixPattern, URLPattern, get_resolver
from django.utils.regex_helper import normalize
from wagtail.contrib.routable_page.models import RoutablePageMixin

from thinka_portal.availability.health import ANSWERS


@dataclass(frozen=True)
class Route:
    """An address with its arguments left open, as `%(name)s`."""

    name: str
    template: str
    arguments: tuple[str, ...]

    @property
    def in_admin(self) -> bool:
        return self.template.startswith("admin/")

    def __str__(self) -> str:
        return self.name or self.template

    def path(self, values: dict) -> str:
        return "/" + self.template % {name: values[name] for name in self.arguments}


def all_routes() -> list[Route]:
    """Return every route once, also one that another one shadows: its address is the same.

    And what a middleware answers before Django looks for a route.
    """
    found = {route.template: route for route in _walk(get_resolver().url_patterns, "", "")}
    health = [Route("", path.removeprefix("/"), ()) for path in ANSWERS]
    return [*found.values(), *health]


def page_routes(model) -> list[Route]:
    """Return what pages of the type `model` answer below their own address."""
    patterns = model.get_subpage_urls() if issubclass(model, RoutablePageMixin) else ()
    return list(_walk(patterns, "", f"{model.__name__}:"))


def _walk(patterns, prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern.pattern, LocalePrefixPattern):
            for code, _name in settings.LANGUAGES:
                language = "" if code == settings.LANGUAGE_CODE else f"{code}/"
                yield from _walk(pattern.url_patterns, prefix + language, namespace)
            continue
        # The last possibility is the one with all optional parts.
        template, _arguments = normalize(pattern.pattern.regex.pattern.replace(r"\Z", ""))[-1]
        template = prefix + template
        if isinstance(pattern, URLPattern):
            yield Route(
                namespace + (pattern.name or ""), template, tuple(re.findall(r"%\((\w+)\)s", template))
            )
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern.url_patterns, template, namespace + inner)


# (name of the route, argument) → kind of object, see `tests.leaks.objects`. Both are regular expressions for
# the whole name; the first line that fits holds. Several arguments that go together have one line per name.
MEANINGS: tuple[tuple[str, str, str], ...] = (
    # Pages
    ("wagtailadmin_pages:(edit|view_draft)", "page_id", "page_of_any_type"),
    ("wagtailadmin_api:pages:detail", "pk", "page_of_any_type"),
    ("wagtailadmin_explore.*|wagtailadmin_choose_page_child", "parent_page_id", "page_above"),
    ("wagtailadmin_pages:(add|preview_on_add)", "parent_page_id", "list_of_news"),
    ("wagtailadmin_pages:unpublish", "page_id", "published_page"),
    ("wagtailadmin_pages:set_privacy", "page_id", "restricted_page"),
    ("portal_closures|portal_closure_take_back", "page_id", "closed_office"),
    ("portal_closure_take_back", "closure_id", "closure"),
    ("knowledge_staff_note", "page_id", "noted_partner"),
    ("knowledge_forget_versions", "page_id", "told_page"),
    ("notice(_left)?", "page_id", "page_of_any_type"),
    ("portal_notice_answer", "notice_id", "notice"),
    ("forget_search", "search_id", "saved_search"),
    (".*", "page_id|parent_page_id|page_to_move_id|destination_id|page_pk", "page"),
    ("wagtailadmin_api:pages:.*|wagtailadmin_pages:revisions_compare", "pk", "page"),
    (".*", "revision_id|revision_id_a|revision_id_b", "revision"),
    ("wagtailadmin_pages:(add|preview_on_add|type_use.*)", "content_type_app_name", "page_type.app"),
    ("wagtailadmin_pages:(add|preview_on_add|type_use.*)", "content_type_model_name", "page_type.model"),
    ("wagtailadmin_pages:choose_parent", "app_label", "page_type.app"),
    ("wagtailadmin_pages:choose_parent", "model_name", "page_type.model"),
    ("wagtailadmin_api:pages:action", "action_name", "api_action"),
    ("wagtail_serve", "_0", "address"),
    # Workflows
    (".*", "task_state_id", "task_state"),
    (".*", "workflow_state_id", "workflow_state"),
    (".*", "workflow_pk", "workflow"),
    (".*", "task_id", "task"),
    ("wagtailadmin_workflows:(enable|disable|edit|usage|usage_results)", "pk", "workflow"),
    ("wagtailadmin_workflows:.*_task", "pk", "task"),
    ("wagtailadmin_workflows:add_task", "app_label", "task_type.app"),
    ("wagtailadmin_workflows:add_task", "model_name", "task_type.model"),
    ("wagtailadmin_pages:.*workflow_action.*", "action_name", "workflow_action"),
    # Media
    ("wagtailimages.*|wagtailadmin_api:images:.*", "pk|image_id", "image"),
    ("wagtaildocs.*|wagtailadmin_api:documents:.*", "pk|document_id|doc_id", "document"),
    ("wagtailimages:.*", "uploaded_file_id", "image_upload"),
    ("wagtaildocs:.*", "uploaded_file_id", "document_upload"),
    ("wagtailimages:preview", "filter_spec", "filter_spec"),
    ("wagtaildocs_serve", "filename", "file_name"),
    ("private_file", "name", "stored_file"),
    ("wagtailadmin_collections:.*", "pk|collection_id", "collection"),
    ("wagtailcore_authenticate_with_password", "page_view_restriction_id", "restriction"),
    # People, sites, settings
    ("wagtailusers_users:.*", "pk", "user"),
    ("wagtailusers_groups:.*", "pk", "group"),
    ("wagtailsites:.*|wagtailsettings:.*", "pk", "site"),
    ("wagtailsettings:.*", "app_name", "setting.app"),
    ("wagtailsettings:.*", "model_name", "setting.model"),
    ("traeger:.*", "pk", "traeger"),
    ("portal_team.*|portal_invitation_.*", "traeger_pk", "traeger"),
    ("portal_team_.*", "pk", "user"),
    ("(portal_)?invitation.*", "pk", "invitation"),
    ("invitation", "token", "invitation_token"),
    ("portal_job(_again)?", "pk", "job"),
    ("portal_mail_again", "pk", "mail"),
    ("portal_task_again", "pk", "background_task"),
    ("wagtaillocales:.*", "pk", "locale"),
    ("wagtailredirects:.*", "redirect_id", "redirect"),
    ("wagtailadmin_password_reset_confirm", "uidb64", "uid"),
    ("wagtailadmin_password_reset_confirm", "token", "token"),
    # Objects of any type
    ("wagtailadmin_editing_sessions:ping", "app_label", "edited.app"),
    ("wagtailadmin_editing_sessions:ping", "model_name", "edited.model"),
    ("wagtailadmin_editing_sessions:ping", "object_id", "edited.pk"),
    ("wagtailadmin_editing_sessions:.*", "session_id", "session"),
    ("wagtail_bulk_action", "app_label", "bulk.app"),
    ("wagtail_bulk_action", "model_name", "bulk.model"),
    ("wagtail_bulk_action", "action", "bulk.action"),
    ("portal_grants?(_end)?", "kind", "granted.kind"),
    ("portal_grants?(_end)?", "pk", "granted.pk"),
    ("portal_grant_end", "field", "granted.field"),
    ("portal_grant_end", "grant_pk", "grant"),
    # Vocabulary and tags
    ("wagtailsnippets?(choosers)?_home_topic:.*", "pk", "topic"),
    ("wagtailsnippets?(choosers)?_home_targetgroup:.*", "pk", "targetgroup"),
    ("wagtailsnippets?(choosers)?_home_sozialraum:.*", "pk", "sozialraum"),
    ("wagtailsnippets?(choosers)?_home_formofsupport:.*", "pk", "formofsupport"),
    # What the knowledge base keeps about the search
    ("pins:.*", "pk", "pin"),
    ("synonyms:.*", "pk", "synonym"),
    ("missing-content:.*", "pk", "missing_content"),
    ("wagtailadmin_tag_model_autocomplete", "app_name", "tag_type.app"),
    ("wagtailadmin_tag_model_autocomplete", "model_name", "tag_type.model"),
    # Translations
    ("wagtail_localize:.*", "translation_source_id", "translation_source"),
    ("wagtail_localize:.*", "translation_id", "translation"),
    ("wagtail_localize:.*", "string_segment_id", "string_segment"),
    ("wagtail_localize:.*", "overridable_segment_id", "overridable_segment"),
    ("wagtail_localize:preview_translation", "mode", "preview_mode"),
    ("wagtail_localize:.*snippet.*", "app_label", "snippet.app"),
    ("wagtail_localize:.*snippet.*", "model_name", "snippet.model"),
    ("wagtail_localize:.*snippet.*", "pk", "topic"),
    # Of nobody
    ("portal_handbook", "name", "chapter"),
    ("branding_css", "accent", "accent"),
)

# Routes that are not probed, each with its reason.
UNPROBED: dict[str, str] = {
    "wagtailadmin_error_test": "raises an error by intention, for administrators only",
}


def meaning(route: Route, argument: str) -> str | None:
    """Return the kind of object that `argument` of `route` stands for; None where the table says nothing."""
    for name, arguments, kind in MEANINGS:
        if re.fullmatch(name, route.name) and re.fullmatch(arguments, argument):
            return kind
    return None
