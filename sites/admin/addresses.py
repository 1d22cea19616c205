"""How addresses in the editing area name objects, and which addresses are for administrators only, as data.

All first columns are regular expressions for the whole name of a view.
"""

from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError

from sites.admin import scope

# Lists of people, workflows, sites, page types or translations of all Träger, without a way to narrow them.
ADMINISTRATORS_ONLY = "|".join(
    (
        "portal_(failures|task_again|mails?_again)",
        "traeger:.*",
        "wagtailadmin_error_test",
        "wagtailadmin_pages:type_use.*",
        "wagtailadmin_reports:(locked_pages|page_types_usage|workflow|workflow_tasks)(_results)?",
        "wagtailadmin_workflows:.*",
        "wagtaillocales:.*",
        "wagtailredirects:.*",
        "wagtailsites:.*",
        "wagtailusers_(users|groups):.*",
        "wagtail_localize:(translations_report.*|snippets_api.*)",
    )
)

# What whoever has nothing to do in the editing area needs of it all the same: the ways in and out. By the
# beginning of the address: not all of these have a name.
OPEN_TO_ALL = tuple(f"/admin/{name}/" for name in ("login", "logout", "password_reset", "jsi18n", "sprite"))

PAGE = "page_id|parent_page_id|page_to_move_id|destination_id"

# (view, argument) → what is within a person's reach. The first line that fits holds.
ARGUMENTS = (
    ("wagtailadmin_choose_page_child", "parent_page_id", scope.choosable_pages),
    ("wagtailadmin_.*|wagtail_localize:.*", PAGE, scope.pages),
    ("wagtailadmin_pages:revisions_compare", "pk", scope.pages),
    ("wagtailadmin_collections?[:_].*", "pk|collection_id", scope.collections),
    ("wagtailimages.*", "uploaded_file_id", scope.uploads),
    ("wagtaildocs.*", "uploaded_file_id", scope.uploads),
    ("wagtailimages.*", "pk|image_id", scope.images),
    ("wagtaildocs.*", "pk|document_id|doc_id", scope.documents),
    ("wagtailsettings:.*", "pk", scope.sites),
    ("wagtail_localize:.*", "translation_id", scope.translations),
    ("wagtail_localize:.*", "translation_source_id", scope.translation_sources),
)

# (view, parameter of the query or of a sent form) → the same.
PARAMETERS = (
    ("wagtailadmin_choose_page_chosen_multiple", "id", scope.choosable_pages),
    ("wagtailadmin_pages:(copy|move)", "new_parent_page", scope.pages),
    ("wagtail_bulk_action", "childOf|chooser", scope.pages),
    ("wagtailsettings:.*", "imprint_page|privacy_page|accessibility_page", scope.pages),
    ("wagtailsettings:.*", "logo", scope.images),
    ("wagtailimages_chooser:chosen_multiple", "id", scope.images),
    ("wagtaildocs_chooser:chosen_multiple", "id", scope.documents),
)

# Bulk actions name their objects by a parameter, whose meaning depends on the model.
BULK_ACTION = "wagtail_bulk_action"
BULK_MODELS = {"page": scope.pages, "portalimage": scope.images, "portaldocument": scope.documents}
# Actions on people are for administrators, too.
BULK_ADMINISTRATORS_ONLY = {"user", "group"}

# Views whose parameter "id" is a number, or "all"; Wagtail's views fail with anything else.
NUMBERED = f"{BULK_ACTION}|.*[:_]chosen_multiple"

# Requests that lack something which every browser sends: (view, the error that Wagtail's view then raises).
INCOMPLETE = (
    (".*", MultiValueDictKeyError),
    # A row of a form that names itself by something that is no number.
    (".*", ValidationError),
    # An id or a slug that is none.
    ("wagtailadmin_api:.*:find", ValueError),
    ("wagtailadmin_choose_page_(anchor|email|external|phone)_link", NoReverseMatch),
    ("wagtail_localize:upload_pofile|wagtailredirects:process_import", KeyError),
    ("wagtailadmin_choose_page_external_link|wagtailsnippetchoosers_.*:create", AttributeError),
)
