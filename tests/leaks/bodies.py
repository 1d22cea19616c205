"""What POST requests send, as data. `{image}` and the like: see `tests.leaks.queries`."""

from tests.leaks.page_form import page_form

# Queries that a POST request has, too: bulk actions read from them what they are about.
POSTED = {"wagtail_bulk_action": ("id={bulk}&id={own_bulk}", "id=all&childOf={page}", "id={own_bulk}")}

# Foreign rows that requests may write: (route, what is written), with the reason.
ALLOWED_WRITES = (
    (
        "portal_grants",
        r"INSERT thinka_sites_(page|image|document)usergrant \(user_id\)",
        "a grant to a guest, by their address",
    ),
    (
        "wagtailsnippets_home_.*:delete|wagtail_bulk_action",
        r"DELETE \w+_(topics|target_groups|sozialraeume|forms_of_support) .*",
        "the knowledge base's head takes a word out of the vocabulary that all share",
    ),
)

# What is sent with another method than POST, which these views don't know: (route, methods).
METHODS = (
    ("wagtail_localize:edit_string_translation|wagtail_localize:edit_override", ("PUT", "DELETE")),
    ("wagtailadmin_dismissibles", ("PATCH",)),
)

_PAGE = page_form()
_COMMENT = {
    "comments-TOTAL_FORMS": "1",
    "comments-INITIAL_FORMS": "1",
    "comments-0-id": "{comment}",
    "comments-0-text": "Fremd",
    "comments-0-DELETE": "on",
    "comments-0-replies-TOTAL_FORMS": "0",
    "comments-0-replies-INITIAL_FORMS": "0",
}
_COPY = {"new_title": "Kopie", "new_slug": "kopie", "copy_subpages": "on", "publish_copies": "on"}
_SUBMIT = {"locales": ["{locale}"], "include_subtree": "on"}
_STRING = {"value": "Fremd"}

BODIES: tuple[tuple[str, tuple[dict, ...]], ...] = (
    (
        "wagtailadmin_pages:add",
        ({**_PAGE, "action-publish": "1"}, {**_PAGE, "action-submit": "1"}),
    ),
    (
        "wagtailadmin_pages:edit",
        (
            {**_PAGE, "action-publish": "1"},
            {**_PAGE, "action-submit": "1"},
            {**_PAGE, **_COMMENT},
            {"action-cancel-workflow": "1", **_PAGE},
        ),
    ),
    ("wagtailadmin_pages:.*preview.*", (_PAGE,)),
    (
        "wagtailadmin_pages:copy",
        ({**_COPY, "new_parent_page": "{page}"}, {**_COPY, "new_parent_page": "{own_page}", "alias": "on"}),
    ),
    ("knowledge_staff_note", ({"text": "Fremd"}, {"text": ""})),
    ("portal_notice_answer", ({"answer": "Fremd"},)),
    ("portal_team", ({"email": "fremd@beispiel.test", "role": "leitung"},)),
    ("portal_team_person", ({"role": "leitung"}, {"role": "lesen"})),
    (
        "invitation",
        (
            {
                "first_name": "F",
                "last_name": "F",
                "password": "Geranie-Schachbrett-Nebelhorn-7",
                "again": "Geranie-Schachbrett-Nebelhorn-7",
            },
        ),
    ),
    ("notice", ({"reason": "other", "text": "Fremd"},)),
    ("portal_closures", ({"first": "2090-01-01", "last": "2090-01-02", "reason": "Fremd"},)),
    ("wagtailadmin_pages:move", ({"new_parent_page": "{page}"}, {"new_parent_page": "{own_page}"})),
    ("wagtailadmin_pages:set_page_position", ({"position": "0"},)),
    (
        ".*:set_privacy",
        (
            {"restriction_type": "none"},
            {"restriction_type": "groups", "groups": ["{group}"]},
            {"restriction_type": "password", "password": "fremd"},
        ),
    ),
    ("wagtailadmin_pages:.*workflow_action.*", ({"comment": "Fremd"},)),
    (
        "portal_grants",
        (
            {"email": "{email}", "level": "view", "reason": "Fremd"},
            {"group": "{coordination_role}", "level": "change", "subtree": "on", "reason": "Fremd"},
            {"group": "{role}", "level": "change", "reason": "Fremd"},
        ),
    ),
    ("wagtailadmin_pages:unpublish", ({"include_descendants": "on"},)),
    ("wagtailadmin_pages:delete", ({"confirm_site_name": "x"},)),
    (
        "wagtailadmin_api:pages:action",
        # Each action takes its own of these.
        (
            {"destination_page_id": "{page}", "recursive": "true", "slug": "x", "title": "x"},
            {"destination_page_id": "{own_page}", "revision_id": "{revision}", "locale": "en"},
            {
                "destination_page_id": "{own_page}",
                "recursive": "true",
                "copy_parents": "true",
                "alias": "true",
                "locale": "en",
                "update_slug": "x",
                "position": "last-child",
            },
            {"revision_id": "{own_revision}"},
        ),
    ),
    (
        "wagtail_bulk_action",
        (
            {"move_applicable": "on", "chooser": "{page}", "include_descendants": "on"},
            {"chooser": "{own_page}"},
            {"collection": "{collection}"},
            {"tags": "fremd"},
            {"role": "{group}", "mark_as_active": "on"},
        ),
    ),
    (
        "wagtailadmin_collections:(add|edit)",
        ({"name": "Fremd", "parent": "{collection}"}, {"name": "Fremd", "parent": "{own_collection}"}),
    ),
    (
        "wagtailimages.*:(add|add_multiple|create)",
        (
            {"title": "Fremd", "file": "@bild.png", "files[]": "@bild.png", "collection": "{collection}"},
            {
                "image-chooser-upload-title": "Fremd",
                "image-chooser-upload-file": "@bild.png",
                "image-chooser-upload-collection": "{collection}",
            },
        ),
    ),
    (
        "wagtaildocs.*:(add|add_multiple|create)",
        (
            {"title": "Fremd", "file": "@text.txt", "files[]": "@text.txt", "collection": "{collection}"},
            {
                "document-chooser-upload-title": "Fremd",
                "document-chooser-upload-file": "@text.txt",
                "document-chooser-upload-collection": "{collection}",
            },
        ),
    ),
    (
        "wagtail(images|docs):(edit|edit_multiple|create_multiple.*)",
        (
            {"title": "Fremd", "collection": "{collection}"},
            {"title": "Fremd", "collection": "{own_collection}"},
            {
                "image-{own_image}-title": "Fremd",
                "image-{own_image}-collection": "{collection}",
                "image-{image}-title": "Fremd",
                "image-{image}-collection": "{own_collection}",
                "doc-{own_document}-title": "Fremd",
                "doc-{own_document}-collection": "{collection}",
                "doc-{document}-title": "Fremd",
                "doc-{document}-collection": "{own_collection}",
                "uploaded-image-{image_upload}-title": "Fremd",
                "uploaded-image-{image_upload}-collection": "{own_collection}",
                "uploaded-document-{document_upload}-title": "Fremd",
                "uploaded-document-{document_upload}-collection": "{own_collection}",
            },
        ),
    ),
    (
        "wagtailsettings:edit",
        (
            {
                "organisation": "Fremd",
                "accent_color": "#0b6570",
                "logo": "{image}",
                "imprint_page": "{page}",
                "privacy_page": "{public_page}",
                "accessibility_page": "{page}",
            },
        ),
    ),
    ("wagtail_localize:submit.*", (_SUBMIT,)),
    ("wagtail_localize:update_translations", ({"publish_translations": "on"},)),
    ("wagtail_localize:edit_string_translation|wagtail_localize:edit_override", (_STRING,)),
    ("wagtail_localize:upload_pofile", ({"file": "@text.po\n{po}"},)),
    (
        "wagtailadmin_editing_sessions:ping",
        ({"is_editing": "1", "revision_id": "{revision}"},),
    ),
    (
        "wagtailusers_users:(add|edit)",
        (
            {
                "email": "fremd@beispiel.test",
                "first_name": "F",
                "last_name": "F",
                "groups": ["{group}"],
                "password1": "beispiel-passwort-48",
                "password2": "beispiel-passwort-48",
            },
        ),
    ),
    (
        "wagtailadmin_account",
        ({"name_email-first_name": "F", "name_email-last_name": "F", "name_email-email": "{email}"},),
    ),
    ("wagtailredirects:(add|edit)", ({"old_path": "/fremd", "site": "{site}", "redirect_page": "{page}"},)),
    (
        "wagtailsnippets_home.*:(add|edit)",
        ({"name": "Fremd", "slug": "fremd", "sort_order": "0", "icon": "info"},),
    ),
    ("wagtailsnippets_home.*:merge", ({"into": "{topic}"},)),
    (
        "wagtailadmin_workflows:(add|edit)",
        (
            {
                "name": "Fremd",
                "active": "on",
                "pages-TOTAL_FORMS": "1",
                "pages-INITIAL_FORMS": "0",
                "pages-0-page": "{page}",
                "workflow_tasks-TOTAL_FORMS": "1",
                "workflow_tasks-INITIAL_FORMS": "0",
                "workflow_tasks-0-task": "{task}",
                "workflow_tasks-0-ORDER": "1",
            },
        ),
    ),
    ("wagtailadmin_password_reset", ({"email": "{email}"},)),
    ("login|wagtailadmin_login|wagtailcore_login", ({"username": "{email}", "password": "falsch"},)),
    (
        ".*authenticate_with_password",
        ({"password": "falsch", "return_url": "/"},),
    ),
    ("wagtailadmin_dismissibles", ({"x": "1"},)),
    ("set_theme", ({"theme": "dark", "next": "/"},)),
)
