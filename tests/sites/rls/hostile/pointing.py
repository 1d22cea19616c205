# ruff: noqa: E501 - a try is easier to read on one line
"""How a web process in the wrong hands would let what is its own point to what is hidden, to see that then.

Foreign keys are checked past row-level security: whoever may write a row may write any number into it, unless
something else looks at it.
"""

from sites.access.roles import LEITUNG, REDAKTION

_PERSON = "SELECT email, password FROM thinka_sites_user WHERE id = {foreign_user}"
_PICTURE = "SELECT title, file FROM thinka_sites_portalimage WHERE id = {foreign_private_image}"
_PAGE = "SELECT title FROM wagtailcore_page WHERE id = {foreign_page}"
_DRAFT = "SELECT content FROM wagtailcore_revision WHERE id = {foreign_revision}"
_SENTENCE = "SELECT data FROM wagtail_localize_string WHERE id = {foreign_string}"
_LAYOUT = "SELECT template FROM wagtail_localize_template WHERE id = {foreign_template}"
_GRANT = (
    "INSERT INTO thinka_sites_{kind}usergrant (user_id, content_object_id, permission_id, subtree, reason,"
    " granted_at, granted_by_id) VALUES ({{foreign_user}}, {{my_{kind}}}, {{{kind}_permission}}, false, '', now(), {{me}})"
)

# What points → who tries, the statements, and what is read then: nothing.
POINTING = {
    "owner of a page": (
        REDAKTION,
        ["UPDATE wagtailcore_page SET owner_id = {foreign_user} WHERE id = {my_page}"],
        _PERSON,
    ),
    "owner of a new page": (
        REDAKTION,
        [
            "INSERT INTO wagtailcore_page (path, depth, numchild, translation_key, locale_id, title, draft_title, slug,"
            " content_type_id, live, has_unpublished_changes, url_path, seo_title, show_in_menus, search_description,"
            " expired, locked, owner_id) SELECT '{my_list_path}9999', depth, 0, gen_random_uuid(), locale_id, 'X', 'X', 'x',"
            " content_type_id, live, false, '/x/', '', false, '', false, false, {foreign_user}"
            " FROM wagtailcore_page WHERE id = {my_page}"
        ],
        _PERSON,
    ),
    "who locked a page": (
        REDAKTION,
        ["UPDATE wagtailcore_page SET locked = true, locked_by_id = {foreign_user} WHERE id = {my_page}"],
        _PERSON,
    ),
    "author of a draft": (
        REDAKTION,
        ["UPDATE wagtailcore_revision SET user_id = {foreign_user} WHERE object_id = '{my_page}'"],
        _PERSON,
    ),
    "who asked for approval": (
        REDAKTION,
        [
            "UPDATE wagtailcore_workflowstate SET requested_by_id = {foreign_user} WHERE object_id = '{my_page}'"
        ],
        _PERSON,
    ),
    "who commented": (
        REDAKTION,
        [
            "INSERT INTO wagtailcore_comment (page_id, user_id, text, contentpath, position, created_at, updated_at)"
            " VALUES ({my_page}, {foreign_user}, 'X', 'title', '', now(), now())"
        ],
        _PERSON,
    ),
    "who uploaded a picture": (
        REDAKTION,
        ["UPDATE thinka_sites_portalimage SET uploaded_by_user_id = {foreign_user} WHERE id = {my_image}"],
        _PERSON,
    ),
    **{
        f"holder of a grant ({kind})": (LEITUNG, [_GRANT.format(kind=kind)], _PERSON)
        for kind in ("page", "image", "document")
    },
    "group of a grant": (
        LEITUNG,
        [
            "INSERT INTO thinka_sites_pagegroupgrant (group_id, content_object_id, permission_id, subtree, reason,"
            " granted_at, granted_by_id) VALUES ({foreign_group}, {my_page}, {permission}, false, '', now(), {me})"
        ],
        "SELECT name FROM auth_group WHERE id = {foreign_group}",
    ),
    "logo": (
        LEITUNG,
        ["UPDATE thinka_sites_branding SET logo_id = {foreign_private_image} WHERE site_id = {my_site}"],
        _PICTURE,
    ),
    "size of a logo": (
        LEITUNG,
        ["UPDATE thinka_sites_branding SET logo_id = {foreign_private_image} WHERE site_id = {my_site}"],
        "SELECT file FROM thinka_sites_portalrendition WHERE image_id = {foreign_private_image}",
    ),
    "imprint": (
        LEITUNG,
        ["UPDATE thinka_sites_branding SET imprint_page_id = {foreign_page} WHERE site_id = {my_site}"],
        _PAGE,
    ),
    "picture of a page": (
        REDAKTION,
        ["UPDATE home_newspage SET picture_id = {foreign_private_image} WHERE page_ptr_id = {my_page}"],
        _PICTURE,
    ),
    "collection of a picture": (
        REDAKTION,
        ["UPDATE thinka_sites_portalimage SET collection_id = {foreign_inner} WHERE id = {my_image}"],
        "SELECT name FROM wagtailcore_collection WHERE id = {foreign_inner}",
    ),
    "tag of a picture": (
        REDAKTION,
        ["INSERT INTO thinka_sites_imagetag (tag_id, content_object_id) VALUES ({foreign_tag}, {my_image})"],
        "SELECT name FROM thinka_sites_mediatag WHERE id = {foreign_tag}",
    ),
    "source of an alias": (
        REDAKTION,
        ["UPDATE wagtailcore_page SET alias_of_id = {foreign_page} WHERE id = {my_page}"],
        _PAGE,
    ),
    "latest draft": (
        REDAKTION,
        ["UPDATE wagtailcore_page SET latest_revision_id = {foreign_revision} WHERE id = {my_page}"],
        _DRAFT,
    ),
    "published draft": (
        REDAKTION,
        ["UPDATE wagtailcore_page SET live_revision_id = {foreign_revision} WHERE id = {my_page}"],
        _DRAFT,
    ),
    "draft of a comment": (
        REDAKTION,
        [
            "INSERT INTO wagtailcore_comment (page_id, user_id, text, contentpath, position, created_at, updated_at,"
            " revision_created_id) VALUES ({my_page}, {me}, 'X', 'title', '', now(), now(), {foreign_revision})"
        ],
        _DRAFT,
    ),
    "page of a draft": (
        REDAKTION,
        ["UPDATE wagtailcore_revision SET object_id = '{foreign_page}' WHERE object_id = '{my_page}'"],
        _DRAFT,
    ),
    "comment that is answered": (
        REDAKTION,
        [
            "INSERT INTO wagtailcore_commentreply (comment_id, user_id, text, created_at, updated_at)"
            " VALUES ({foreign_comment}, {me}, 'X', now(), now())"
        ],
        "SELECT text FROM wagtailcore_comment WHERE id = {foreign_comment}",
    ),
    "page of a redirect": (
        REDAKTION,
        ["UPDATE wagtailredirects_redirect SET redirect_page_id = {foreign_page} WHERE site_id = {my_site}"],
        _PAGE,
    ),
    "workflow of a page": (
        REDAKTION,
        [
            "UPDATE wagtailcore_workflowstate SET workflow_id = {foreign_workflow} WHERE object_id = '{my_page}'"
        ],
        "SELECT name FROM wagtailcore_workflow WHERE id = {foreign_workflow}",
    ),
    "task of a page": (
        REDAKTION,
        [
            "UPDATE wagtailcore_taskstate SET task_id = {foreign_task} WHERE workflow_state_id = {my_workflow_state}"
        ],
        "SELECT name FROM wagtailcore_task WHERE id = {foreign_task}",
    ),
    "state of a workflow": (
        REDAKTION,
        [
            "UPDATE wagtailcore_workflowstate SET current_task_state_id = {foreign_idle_task_state}"
            " WHERE object_id = '{my_page}'"
        ],
        "SELECT comment FROM wagtailcore_taskstate WHERE id = {foreign_idle_task_state}",
    ),
    "sentence of a translation": (
        REDAKTION,
        [
            "UPDATE wagtail_localize_stringsegment SET string_id = {foreign_string} WHERE source_id = {my_source}"
        ],
        _SENTENCE,
    ),
    "one more sentence of a translation": (
        REDAKTION,
        [
            'INSERT INTO wagtail_localize_stringsegment ("order", attrs, context_id, source_id, string_id)'
            " SELECT 1, '{{}}', context_id, source_id, {foreign_string} FROM wagtail_localize_stringsegment"
            " WHERE source_id = {my_source} LIMIT 1"
        ],
        _SENTENCE,
    ),
    "layout of a translation": (
        REDAKTION,
        [
            "UPDATE wagtail_localize_templatesegment SET template_id = {foreign_template} WHERE source_id = {my_source}"
        ],
        _LAYOUT,
    ),
    "one more layout of a translation": (
        REDAKTION,
        [
            'INSERT INTO wagtail_localize_templatesegment ("order", context_id, source_id, template_id)'
            " SELECT 1, context_id, source_id, {foreign_template} FROM wagtail_localize_stringsegment"
            " WHERE source_id = {my_source} LIMIT 1"
        ],
        _LAYOUT,
    ),
    "part of a translation": (
        REDAKTION,
        [
            "UPDATE wagtail_localize_stringsegment SET context_id = {foreign_context} WHERE source_id = {my_source}"
        ],
        "SELECT path FROM wagtail_localize_translationcontext WHERE id = {foreign_context}",
    ),
    "what a sentence is a translation of": (
        REDAKTION,
        [
            "INSERT INTO wagtail_localize_stringtranslation (translation_of_id, locale_id, context_id, data,"
            " translation_type, tool_name, created_at, updated_at, has_error, field_error)"
            " SELECT {foreign_string}, {english}, context_id, 'X', 'manual', '', now(), now(), false, ''"
            " FROM wagtail_localize_stringsegment WHERE source_id = {my_source} LIMIT 1"
        ],
        _SENTENCE,
    ),
    # Nobody guesses the key; but who once saw it, for example in an export, knows it for good.
    "key of a page": (
        REDAKTION,
        [
            "UPDATE wagtailcore_page SET translation_key = '{foreign_key}', locale_id = {english} WHERE id = {my_page}"
        ],
        "SELECT content_json FROM wagtail_localize_translationsource WHERE object_id = '{foreign_key}'",
    ),
}
