# ruff: noqa: E501 - a try is easier to read on one line
"""What a web process in the wrong hands would try in order to learn, from what collides, what there is.

What must be unique is unique in the whole table, also among rows that one does not see: whoever may write a value
learns from an error that somebody has it already.
"""

_ACCOUNT = (
    "INSERT INTO thinka_sites_user (password, is_superuser, email, first_name, last_name, role_title, phone,"
    " language, is_active, date_joined) VALUES ('', false, {value}, '', '', '', '', 'de', true, now())"
)
_PAGE = (
    "INSERT INTO wagtailcore_page (id, path, depth, numchild, translation_key, locale_id, title, draft_title, slug,"
    " content_type_id, live, has_unpublished_changes, url_path, seo_title, show_in_menus, search_description,"
    " expired, locked) SELECT {id}, {path}, depth, 0, {key}, locale_id, 'X', 'X', 'x',"
    " content_type_id, live, false, '/x/', '', false, '', false, false"
    " FROM wagtailcore_page WHERE id = {{my_page}}"
)
_GRANT = (
    "INSERT INTO thinka_sites_{kind}{holder}grant ({holder}_id, content_object_id, permission_id, subtree, reason,"
    " granted_at, granted_by_id) SELECT {{value}}, false, '', now(), {{me}}"
)
_NEXT = "nextval('wagtailcore_page_id_seq')"
_RUNNING = (
    "INSERT INTO wagtailcore_workflowstate (object_id, status, created_at, workflow_id, content_type_id,"
    " base_content_type_id) SELECT '{value}', 'in_progress', now(), {my_workflow}, {news_type}, {page_type}"
)

# What is tried → the statement; what somebody else has; what nobody has. Both must get the same answer.
UNIQUES = {
    "address of an account": (_ACCOUNT, "'{foreign_email}'", "'frei@beispiel.test'"),
    "address of an account, in capitals": (_ACCOUNT, "upper('{foreign_email}')", "'FREI@BEISPIEL.TEST'"),
    "address for one's own account": (
        "UPDATE thinka_sites_user SET email = {value} WHERE id = {me}",
        "'{foreign_email}'",
        "'frei@beispiel.test'",
    ),
    "preferences of a person": (
        "INSERT INTO wagtailusers_userprofile (user_id, submitted_notifications, approved_notifications,"
        " rejected_notifications, updated_comments_notifications, preferred_language, current_time_zone, avatar,"
        " dismissibles, theme, contrast, density, keyboard_shortcuts) SELECT {value}, true, true, true, true,"
        " '', '', '', '{{}}', '', '', '', true",
        "{foreign_user}",
        "{foreign_stranger}",
    ),
    "membership in a group": (
        "INSERT INTO thinka_sites_user_groups (user_id, group_id) SELECT {value}, {foreign_group}",
        "{foreign_user}",
        "{foreign_stranger}",
    ),
    "membership in a Träger": (
        "INSERT INTO thinka_sites_user_traeger (user_id, traeger_id) SELECT {value}, {foreign_traeger}",
        "{foreign_user}",
        "{my_colleague}",
    ),
    "host of a site": (
        "INSERT INTO wagtailcore_site (hostname, port, site_name, root_page_id, is_default_site)"
        " SELECT {value}, 'X', {my_page}, false",
        "'{foreign_host}', {foreign_port}",
        "'frei.test', {foreign_port}",
    ),
    "host for one's own site": (
        "UPDATE wagtailcore_site SET (hostname, port) = ({value}) WHERE id = {my_site}",
        "'{foreign_host}', {foreign_port}",
        "'frei.test', {foreign_port}",
    ),
    "branding of a site": (
        "INSERT INTO thinka_sites_branding (site_id, organisation, tagline, accent_color, street, postcode, city,"
        " phone, answered_by, email, funding_notice) SELECT {value}, '', '', '', '', '', '', '', '', '', ''",
        "{foreign_site}",
        "{bare_site}",
    ),
    "address of a redirect": (
        "INSERT INTO wagtailredirects_redirect (old_path, site_id, is_permanent, redirect_link,"
        " redirect_page_route_path, automatically_created)"
        " SELECT {value}, {foreign_site}, true, 'https://example.org', '', false",
        "'/geheim'",
        "'/frei'",
    ),
    "redirect moved to another site": (
        "UPDATE wagtailredirects_redirect SET (old_path, site_id) = ({value}, {foreign_site})"
        " WHERE site_id = {my_site}",
        "'/geheim'",
        "'/frei'",
    ),
    "name of a Träger": (
        "UPDATE thinka_sites_traeger SET name = {value} WHERE id = {my_traeger}",
        "'{foreign_name}'",
        "'Frei'",
    ),
    "name of a group": (
        "INSERT INTO auth_group (name) SELECT {value}",
        "'{foreign_group_name}'",
        "'Frei'",
    ),
    "name for one's own group": (
        "UPDATE auth_group SET name = {value} WHERE id = {my_group}",
        "'{foreign_group_name}'",
        "'Frei'",
    ),
    "place in the tree": (
        _PAGE.format(id=_NEXT, path="{value}", key="gen_random_uuid()"),
        "'{foreign_page_path}'",
        "'{foreign_path}9999'",
    ),
    "place for one's own page": (
        "UPDATE wagtailcore_page SET path = {value} WHERE id = {my_page}",
        "'{foreign_page_path}'",
        "'{foreign_path}9999'",
    ),
    "place among the collections": (
        "INSERT INTO wagtailcore_collection (path, depth, numchild, name) SELECT {value}, 3, 0, 'X'",
        "'{foreign_inner_path}'",
        "'{foreign_files_path}9999'",
    ),
    "place for one's own collection": (
        "UPDATE wagtailcore_collection SET path = {value} WHERE id = {my_inner}",
        "'{foreign_inner_path}'",
        "'{foreign_files_path}9999'",
    ),
    "right of a group": (
        "INSERT INTO wagtailcore_grouppagepermission (group_id, page_id, permission_id)"
        " SELECT {value}, {permission}",
        "{foreign_group}, {foreign_folder}",
        "{foreign_group}, {foreign_page}",
    ),
    "right of a group on files": (
        "INSERT INTO wagtailcore_groupcollectionpermission (group_id, collection_id, permission_id)"
        " SELECT {foreign_group}, {value}, {files_permission}",
        "{foreign_collection}",
        "{foreign_inner}",
    ),
    "group of a restriction": (
        "INSERT INTO wagtailcore_pageviewrestriction_groups (pageviewrestriction_id, group_id)"
        " SELECT {foreign_restriction}, {value}",
        "{foreign_group}",
        "{my_group}",
    ),
    "grant of a page": (
        _GRANT.format(kind="page", holder="user"),
        "{my_colleague}, {foreign_page}, {permission}",
        "{me}, {foreign_page}, {permission}",
    ),
    "grant of a page to a group": (
        _GRANT.format(kind="page", holder="group"),
        "{foreign_approvers}, {foreign_page}, {permission}",
        "{foreign_group}, {foreign_page}, {permission}",
    ),
    "tag": (
        "INSERT INTO thinka_sites_mediatag (name, slug, traeger_id) SELECT 'X', {value}, {foreign_traeger}",
        "'geheim'",
        "'frei'",
    ),
    "tag moved to another Träger": (
        "UPDATE thinka_sites_mediatag SET (name, traeger_id) = ({value}, {foreign_traeger}) WHERE id = {my_tag}",
        "'Geheim'",
        "'Frei'",
    ),
    "size of a picture": (
        "INSERT INTO thinka_sites_portalrendition (filter_spec, file, width, height, focal_point_key, image_id)"
        " SELECT {value}, 'renditions/{foreign_image}/x', 1, 1, '', {foreign_image}",
        "'width-20'",
        "'width-21'",
    ),
    "what a page refers to": (
        "INSERT INTO wagtailcore_referenceindex (base_content_type_id, content_type_id, object_id,"
        " to_content_type_id, to_object_id, model_path, content_path, content_path_hash)"
        " SELECT {page_type}, {news_type}, {value}, {image_type}, '{foreign_image}', 'picture', 'picture',"
        " '{foreign_reference_hash}'",
        "'{foreign_page}'",
        "'{foreign_other_page}'",
    ),
    "who follows a page": (
        "INSERT INTO wagtailcore_pagesubscription (page_id, user_id, comment_notifications)"
        " SELECT {foreign_page}, {value}, true",
        "{foreign_user}",
        "{me}",
    ),
    "workflow of a page": (_RUNNING, "{foreign_page}", "{foreign_other_page}"),
    "task that a page waits for": (
        "UPDATE wagtailcore_workflowstate SET current_task_state_id = {value} WHERE object_id = '{my_page}'",
        "{foreign_task_state}",
        "{foreign_idle_task_state}",
    ),
    "what somebody does in the background": (
        "INSERT INTO thinka_sites_job (user_id, kind, title, total, done, scheme, host, path, data, fingerprint,"
        " state, created_at, messages, error, next_url, auth_hash) SELECT {foreign_user}, 'delete', 'X', 1, 0, 'http', 'x',"
        " '/', '', {value}, 'waiting', now(), '[]', '', '', ''",
        "'{foreign_user}'",
        "'frei'",
    ),
    "translation of a page": (
        "INSERT INTO wagtail_localize_translationsource (object_id, locale_id, object_repr, content_json,"
        " specific_content_type_id, schema_version, created_at, last_updated_at)"
        " SELECT {value}, {locale}, 'X', '{{}}', {news_type}, '', now(), now()",
        "'{foreign_key}'",
        "'{foreign_other_key}'",
    ),
    "part of a translation": (
        "INSERT INTO wagtail_localize_translationcontext (object_id, path, path_id, field_path)"
        " SELECT '{foreign_key}', 'x', {value}, ''",
        "'{foreign_context_path}'",
        "gen_random_uuid()",
    ),
    "sentence": (
        "INSERT INTO wagtail_localize_string (locale_id, data_hash, data) SELECT {locale}, {value}, 'X'",
        "'{foreign_string_hash}'",
        "gen_random_uuid()",
    ),
    "layout of a text": (
        "INSERT INTO wagtail_localize_template (uuid, template, template_format, string_count)"
        " SELECT {value}, 'X', 'html', 1",
        "'{foreign_template_uuid}'",
        "gen_random_uuid()",
    ),
    "key of a translation": (
        "UPDATE wagtailcore_page SET translation_key = {value} WHERE id = {my_page}",
        "'{foreign_key}'",
        "gen_random_uuid()",
    ),
}

# These do tell, to who may write the row: what is tried → also why that has to stay.
TELLING = {
    "number of a page": (
        _PAGE.format(id="{value}", path="'{my_list_path}9999'", key="gen_random_uuid()"),
        "{foreign_page}",
        "{missing}",
        "numbers have no gaps: that there is one tells nothing of what it is",
    ),
    "number of a draft": (
        "INSERT INTO wagtailcore_revision (id, object_id, content_type_id, base_content_type_id, created_at, content,"
        " object_str) SELECT {value}, '{my_page}', {news_type}, {page_type}, now(), '{{}}', 'X'",
        "{foreign_revision}",
        "{missing}",
        "numbers have no gaps: that there is one tells nothing of what it is",
    ),
    "key of a new page": (
        _PAGE.format(id=_NEXT, path="'{my_list_path}9999'", key="{value}"),
        "'{foreign_key}'",
        "gen_random_uuid()",
        "the same for all languages of a page, so it has to be written; nobody guesses a random UUID",
    ),
    "key of a translation in work": (
        "UPDATE wagtail_localize_translation SET uuid = {value} WHERE source_id = {my_source}",
        "'{foreign_translation_uuid}'",
        "gen_random_uuid()",
        "nobody guesses a random UUID",
    ),
}
