# ruff: noqa: E501 - a try is easier to read on one line
"""What a web process in the wrong hands would try to change."""

_JOB = (
    "INSERT INTO thinka_sites_job (user_id, kind, title, total, done, scheme, host, path, data, fingerprint, state,"
    " created_at, messages, error, next_url, auth_hash) VALUES ({user}, 'delete', 'X', 1, 0, 'http', 'x', '/', '', 'x',"
    " '{state}', now(), '{messages}', '{error}', '', '')"
)

_REFERENCE = (
    "INSERT INTO wagtailcore_referenceindex (base_content_type_id, content_type_id, object_id, to_content_type_id,"
    " to_object_id, model_path, content_path, content_path_hash)"
    " VALUES ({type}, {type}, '{object}', {{page_type}}, '{{foreign_home}}', 'x', 'x', gen_random_uuid())"
)

_NOTICE = (
    "INSERT INTO home_notice (id, page_id, reason, text, created_at, email, language, told, answer, reporter_id)"
    " VALUES (gen_random_uuid(), {page}, 'other', 'X', now(), '', 'de', {told}, '{answer}', {reporter})"
)

# Each must change nothing: an error, or no row that it finds.
WRITES = {
    "change a page": "UPDATE wagtailcore_page SET title = 'X' WHERE id = {foreign_page}",
    "delete a page": "DELETE FROM wagtailcore_page WHERE id = {foreign_page}",
    "change text": "UPDATE home_newspage SET summary = 'X' WHERE page_ptr_id = {foreign_page}",
    "move a page to oneself": "UPDATE wagtailcore_page SET path = '{my_path}9999' WHERE id = {foreign_page}",
    "move a page of one's own there": (
        "UPDATE wagtailcore_page SET path = '{foreign_path}9999' WHERE id = {my_page}"
    ),
    "make a page there": (
        "INSERT INTO wagtailcore_page (path, depth, numchild, translation_key, locale_id, title, draft_title, slug,"
        " content_type_id, live, has_unpublished_changes, url_path, seo_title, show_in_menus, search_description,"
        " expired, locked) SELECT '{foreign_path}9999', depth, 0, gen_random_uuid(), locale_id, 'X', 'X', 'x',"
        " content_type_id, live, false, '/x/', '', false, '', false, false"
        " FROM wagtailcore_page WHERE id = {my_page}"
    ),
    "make oneself a reader": (
        "UPDATE wagtailcore_page SET readers = readers || ARRAY['u:{me}'] WHERE id = {foreign_page}"
    ),
    "open one's own page past the rules": "UPDATE wagtailcore_page SET readers = '{{any}}' WHERE id = {my_page}",
    "readers of a collection": "UPDATE wagtailcore_collection SET readers = '{{any}}'",
    "a draft for a page": (
        "INSERT INTO wagtailcore_revision (object_id, content_type_id, base_content_type_id, created_at, content,"
        " object_str) SELECT '{foreign_page}', content_type_id, base_content_type_id, now(), '{{}}', 'X'"
        " FROM wagtailcore_revision LIMIT 1"
    ),
    "change a draft": "UPDATE wagtailcore_revision SET content = '{{}}' WHERE object_id = '{foreign_page}'",
    "take a restriction away": "DELETE FROM wagtailcore_pageviewrestriction WHERE page_id = {foreign_page}",
    "all restrictions": "DELETE FROM wagtailcore_pageviewrestriction WHERE page_id NOT IN ({my_pages})",
    "close what follows a page": "SELECT portal_keep_closed({foreign_page})",
    "close what follows a page as oneself": "SELECT portal_keep_closed({foreign_page}, {foreign_page})",
    "let a group in": (
        "INSERT INTO wagtailcore_pageviewrestriction_groups (pageviewrestriction_id, group_id)"
        " SELECT id, {my_group} FROM wagtailcore_pageviewrestriction WHERE page_id = {foreign_page}"
    ),
    "restrict a page": (
        "INSERT INTO wagtailcore_pageviewrestriction (page_id, restriction_type, password)"
        " VALUES ({foreign_page}, 'login', '')"
    ),
    "a right for one's group": (
        "INSERT INTO wagtailcore_grouppagepermission (group_id, page_id, permission_id)"
        " VALUES ({my_group}, {foreign_page}, {permission})"
    ),
    "a right for one's group on what is one's own": (
        "INSERT INTO wagtailcore_grouppagepermission (group_id, page_id, permission_id)"
        " VALUES ({my_group}, {my_page}, {permission})"
    ),
    "a right on files": (
        "INSERT INTO wagtailcore_groupcollectionpermission (group_id, collection_id, permission_id)"
        " VALUES ({my_group}, {foreign_collection}, {permission})"
    ),
    "a right everywhere": (
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES ({my_group}, {permission})"
    ),
    "a right for oneself": (
        "INSERT INTO thinka_sites_user_user_permissions (user_id, permission_id) VALUES ({me}, {permission})"
    ),
    "join a group": "INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES ({me}, {foreign_group})",
    "join the heads": "INSERT INTO thinka_sites_user_groups (user_id, group_id) VALUES ({me}, {my_heads})",
    "join a Träger": (
        "INSERT INTO thinka_sites_user_traeger (user_id, traeger_id) VALUES ({me}, {foreign_traeger})"
    ),
    "a sign of life": "INSERT INTO thinka_sites_signoflife (name, at, lags) VALUES ('jobs', now(), '{{}}')",
    "become administrator": "UPDATE thinka_sites_user SET is_superuser = true WHERE id = {me}",
    "take another's address": "UPDATE thinka_sites_user SET email = 'neu@beispiel.test' WHERE id = {me}",
    "another's password": "UPDATE thinka_sites_user SET password = 'X' WHERE id = {foreign_user}",
    "a colleague's password": "UPDATE thinka_sites_user SET password = 'X' WHERE id = {my_colleague}",
    "make an account": (
        "INSERT INTO thinka_sites_user (password, is_superuser, email, first_name, last_name, role_title, phone,"
        " language, is_active, date_joined) VALUES ('', true, 'x@beispiel.test', '', '', '', '', 'de', true, now())"
    ),
    "grant oneself a page": (
        "INSERT INTO thinka_sites_pageusergrant (user_id, content_object_id, permission_id, subtree, reason,"
        " granted_at, granted_by_id) VALUES ({me}, {foreign_page}, {permission}, true, '', now(), {me})"
    ),
    "grant a page of the own Träger without being its head": (
        "INSERT INTO thinka_sites_pageusergrant (user_id, content_object_id, permission_id, subtree, reason,"
        " granted_at, granted_by_id) VALUES ({me}, {my_page}, {permission}, true, '', now(), {me})"
    ),
    "grant in another's name": (
        "INSERT INTO thinka_sites_pageusergrant (user_id, content_object_id, permission_id, subtree, reason,"
        " granted_at, granted_by_id) VALUES ({me}, {my_page}, {permission}, true, '', now(), {my_colleague})"
    ),
    "lengthen a grant": "UPDATE thinka_sites_pageusergrant SET expires_at = NULL",
    "end all grants": "DELETE FROM thinka_sites_pageusergrant",
    "grant a document": (
        "INSERT INTO thinka_sites_documentusergrant (user_id, content_object_id, permission_id, subtree, reason,"
        " granted_at, granted_by_id) VALUES ({me}, {foreign_document}, {document_permission}, false, '', now(), {me})"
    ),
    "a job in another's name": _JOB.format(user="{foreign_user}", state="waiting", messages="[]", error=""),
    "a job in a colleague's name": _JOB.format(
        user="{my_colleague}", state="waiting", messages="[]", error=""
    ),
    "a job that is done already": _JOB.format(user="{me}", state="done", messages="[]", error=""),
    "a job with words in the portal's name": _JOB.format(
        user="{me}", state="waiting", messages='[["info", "<script>"]]', error=""
    ),
    "a job with an error in the portal's name": _JOB.format(
        user="{me}", state="waiting", messages="[]", error="X"
    ),
    "how far one's own job is": "UPDATE thinka_sites_job SET state = 'done', done = 1",
    "forget what one has asked for": "DELETE FROM thinka_sites_job",
    "take a picture": (
        "UPDATE thinka_sites_portalimage SET collection_id = {my_collection} WHERE id = {foreign_image}"
    ),
    "push a picture": (
        "UPDATE thinka_sites_portalimage SET collection_id = {foreign_collection} WHERE id = {my_image}"
    ),
    "delete a document": "DELETE FROM thinka_sites_portaldocument WHERE id = {foreign_document}",
    "a size of a picture": (
        "INSERT INTO thinka_sites_portalrendition (filter_spec, file, width, height, focal_point_key, image_id)"
        " VALUES ('x', 'renditions/{foreign_image}/x', 1, 1, '', {foreign_image})"
    ),
    "sizes of pictures": "UPDATE thinka_sites_portalrendition SET width = 1",
    "the sizes of pictures that all may see": (
        "DELETE FROM thinka_sites_portalrendition WHERE image_id = {shared_image}"
    ),
    "a tag": (
        "INSERT INTO thinka_sites_mediatag (name, slug, traeger_id) VALUES ('X', 'x', {foreign_traeger})"
    ),
    "rename a collection": "UPDATE wagtailcore_collection SET name = 'X' WHERE id = {foreign_collection}",
    "a comment": (
        "INSERT INTO wagtailcore_comment (page_id, user_id, text, contentpath, position, created_at, updated_at)"
        " VALUES ({foreign_page}, {me}, 'X', 'title', '', now(), now())"
    ),
    "history in another's name": (
        "UPDATE wagtailcore_pagelogentry SET user_id = {me} WHERE page_id = {foreign_page}"
    ),
    "wipe the own history": "DELETE FROM wagtailcore_pagelogentry",
    "a redirect": (
        "INSERT INTO wagtailredirects_redirect (old_path, site_id, is_permanent, redirect_link,"
        " redirect_page_route_path, automatically_created)"
        " VALUES ('/x', {foreign_site}, true, 'https://example.org', '', false)"
    ),
    "branding": "UPDATE thinka_sites_branding SET phone = 'X' WHERE site_id = {foreign_site}",
    "branding of the own site without being its head": "UPDATE thinka_sites_branding SET phone = 'X'",
    "take over a host": "UPDATE wagtailcore_site SET root_page_id = {my_page}",
    "a site": (
        "INSERT INTO wagtailcore_site (hostname, port, site_name, root_page_id, is_default_site)"
        " VALUES ('x.test', 80, 'X', {my_page}, false)"
    ),
    "rename a Träger": "UPDATE thinka_sites_traeger SET short_name = 'X'",
    "let oneself approve": "DELETE FROM wagtailcore_workflowpage",
    "another approver": (
        "UPDATE wagtailcore_groupapprovaltask_groups SET group_id = {my_group} WHERE group_id = {my_approvers}"
    ),
    "readers of an entry": "UPDATE search_entry SET readers = '{{any}}'",
    "an entry": "DELETE FROM search_entry",
    "a term of the search": "INSERT INTO search_term (text) VALUES ('erfunden')",
    "a passage": "UPDATE search_passage SET text = 'erfunden'",
    "a weight": "UPDATE search_posting SET weight = 99",
    "a synonym": "INSERT INTO search_synonym (words, shown, locale_id) SELECT 'a, b', '', id FROM wagtailcore_locale LIMIT 1",
    "another synonym": "UPDATE search_synonym SET words = 'X, Y'",
    "recommend a page of one's own": (
        "INSERT INTO search_pin (questions, page_id, sort_order) VALUES ('X', {my_page}, 0)"
    ),
    "recommend another page": "UPDATE search_pin SET page_id = {my_page}",
    "a search for somebody else": (
        "INSERT INTO search_savedsearch (user_id, site_id, language, query, title)"
        " SELECT {my_colleague}, id, 'de', 'q=x', 'X' FROM wagtailcore_site LIMIT 1"
    ),
    "another search for oneself": "UPDATE search_savedsearch SET title = 'X'",
    "a question that nobody asked": (
        "INSERT INTO search_askedquestion (text, language, month, first_on, number, without_hits, clicks)"
        " VALUES ('X', 'de', current_date, current_date, 9, 0, 0)"
    ),
    "how often something was asked": "UPDATE search_askedquestion SET number = 99",
    "a notice about a page that one does not see": _NOTICE.format(
        page="{foreign_page}", told="false", answer="", reporter="NULL"
    ),
    "a notice in a colleague's name": _NOTICE.format(
        page="{my_page}", told="false", answer="", reporter="{my_colleague}"
    ),
    "a notice of which nobody is told": _NOTICE.format(
        page="{my_page}", told="true", answer="", reporter="NULL"
    ),
    "a notice with an answer": _NOTICE.format(page="{my_page}", told="false", answer="X", reporter="NULL"),
    "what a page never said": (
        "INSERT INTO knowledge_publishedversion (page_id, published_at, said, readers)"
        " VALUES ({foreign_page}, now(), '[]', ARRAY['public'])"
    ),
    "another past": "UPDATE knowledge_publishedversion SET said = '[]' WHERE page_id = {foreign_page}",
    "what a page said before": "DELETE FROM knowledge_publishedversion WHERE page_id = {foreign_page}",
    "answer for others": "UPDATE home_notice SET answer = 'X' WHERE page_id = {foreign_page}",
    "send an answer to somebody else": "UPDATE home_notice SET email = 'x@beispiel.test'",
    "take a notice away": "DELETE FROM home_notice WHERE page_id = {foreign_page}",
    "a task for others": "INSERT INTO search_missingcontent (question, note, done) VALUES ('X', '', false)",
    "what is missing": "DELETE FROM search_missingcontent",
    "something into an index that nothing keeps": (
        "INSERT INTO wagtailsearch_indexentry (content_type_id, object_id, title_norm, autocomplete, title, body,"
        " title_text, body_text) SELECT {page_type}, '{foreign_page}', 1, '', '', '', '', ''"
    ),
    "a change for the engine": "INSERT INTO search_enginechange (entry_id, withdrawn) VALUES (1, true)",
    "an index of the engine": "DELETE FROM search_engineindex",
    "a change for the index": "INSERT INTO search_change (object_id) VALUES ({foreign_page})",
    "vocabulary": "UPDATE home_topic SET name = 'X'",
    "words made one": (
        "UPDATE home_topic t SET merged_into_id = o.id FROM home_topic o"
        " WHERE o.id <> t.id AND o.locale_id = t.locale_id"
    ),
    "a language": "DELETE FROM wagtailcore_locale",
    "presence on a page": (
        "INSERT INTO wagtailadmin_editingsession (user_id, content_type_id, object_id, last_seen_at, is_editing)"
        " VALUES ({me}, {page_type}, '{foreign_page}', now(), true)"
    ),
    "presence moved to a page": (
        "UPDATE wagtailadmin_editingsession SET object_id = '{foreign_page}' WHERE user_id = {me}"
    ),
    "history of a picture": (
        "INSERT INTO wagtailcore_modellogentry (label, action, data, timestamp, content_changed, deleted, object_id,"
        " content_type_id, user_id, uuid) VALUES ('X', 'wagtail.edit', '{{}}', now(), true, false, '{foreign_image}',"
        " {image_type}, {me}, gen_random_uuid())"
    ),
    "file behind a size of a picture that one only sees": (
        "UPDATE thinka_sites_portalrendition SET file = 'renditions/' || image_id || '/x'"
        " WHERE image_id = {shared_image}"
    ),
    "what a picture refers to that one only sees": _REFERENCE.format(
        type="{image_type}", object="{shared_image}"
    ),
}

# The same for a visitor of the site of Träger A, who sees its public pictures. A missing size they make.
VISITOR_WRITES = {
    "a size of a picture": "UPDATE thinka_sites_portalrendition SET width = 1 WHERE image_id = {foreign_image}",
    "take a size of a picture away": "DELETE FROM thinka_sites_portalrendition WHERE image_id = {foreign_image}",
    "a picture": "UPDATE thinka_sites_portalimage SET title = 'X' WHERE id = {foreign_image}",
    "what a picture refers to": _REFERENCE.format(type="{image_type}", object="{foreign_image}"),
    "what a branding refers to": _REFERENCE.format(type="{branding_type}", object="{foreign_branding}"),
    "branding": "UPDATE thinka_sites_branding SET phone = 'X' WHERE site_id = {foreign_site}",
    "start page": "UPDATE wagtailcore_page SET title = 'X' WHERE id = {foreign_home}",
    "a job": _JOB.format(user="{me}", state="waiting", messages="[]", error=""),
}
