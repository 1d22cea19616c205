# ruff: noqa: E501 - a try is easier to read on one line
"""What a web process in the wrong hands would try, as data.

Placeholders: `{foreign…}` are ids of Träger A, `{my…}` those of the editor of Träger B who is logged in.
"""

# Each must give no row: queries that name what belongs to somebody else.
READS = {
    "page by id": "SELECT title FROM wagtailcore_page WHERE id = {foreign_page}",
    "page by title": "SELECT id FROM wagtailcore_page WHERE title = 'Geheim'",
    "pages below a folder": "SELECT id FROM wagtailcore_page WHERE path LIKE '{foreign_path}%'",
    "page of its type": "SELECT page_ptr_id FROM home_newspage WHERE page_ptr_id = {foreign_page}",
    "public page, in the editing area": "SELECT title FROM wagtailcore_page WHERE id = {foreign_home}",
    "draft": "SELECT content FROM wagtailcore_revision WHERE object_id = '{foreign_page}'",
    "history": "SELECT label FROM wagtailcore_pagelogentry WHERE page_id = {foreign_page}",
    "comment": "SELECT text FROM wagtailcore_comment WHERE page_id = {foreign_page}",
    "who follows": "SELECT user_id FROM wagtailcore_pagesubscription WHERE page_id = {foreign_page}",
    "state of a workflow": "SELECT id FROM wagtailcore_workflowstate WHERE object_id = '{foreign_page}'",
    "name of a workflow": "SELECT name FROM wagtailcore_workflow WHERE name LIKE '%Nord%'",
    "name of a task": "SELECT name FROM wagtailcore_task WHERE name LIKE '%Nord%'",
    "search index": "SELECT title_text FROM wagtailsearch_indexentry WHERE object_id = '{foreign_page}'",
    "words in the search index": "SELECT id FROM wagtailsearch_indexentry WHERE title_text LIKE '%Geheim%'",
    "references": "SELECT content_path FROM wagtailcore_referenceindex WHERE object_id = '{foreign_page}'",
    "person by id": "SELECT email FROM thinka_sites_user WHERE id = {foreign_user}",
    "passwords": "SELECT password FROM thinka_sites_user WHERE id NOT IN ({my_people})",
    "preferences of a person": "SELECT avatar FROM wagtailusers_userprofile WHERE user_id = {foreign_user}",
    "memberships": "SELECT group_id FROM thinka_sites_user_groups WHERE user_id = {foreign_user}",
    "name of a group": "SELECT name FROM auth_group WHERE id = {foreign_group}",
    "rights of a group": "SELECT id FROM wagtailcore_grouppagepermission WHERE group_id = {foreign_group}",
    "rights on files": "SELECT id FROM wagtailcore_groupcollectionpermission WHERE group_id = {foreign_group}",
    "grants of others": "SELECT reason FROM thinka_sites_pageusergrant WHERE content_object_id = {foreign_page}",
    "name of a collection": "SELECT name FROM wagtailcore_collection WHERE id = {foreign_collection}",
    "picture": "SELECT title FROM thinka_sites_portalimage WHERE id = {foreign_image}",
    "sizes of a picture": "SELECT file FROM thinka_sites_portalrendition WHERE image_id = {foreign_image}",
    "document": "SELECT file FROM thinka_sites_portaldocument WHERE id = {foreign_document}",
    "tags": "SELECT name FROM thinka_sites_mediatag WHERE traeger_id = {foreign_traeger}",
    "site": "SELECT site_name FROM wagtailcore_site WHERE id = {foreign_site}",
    "branding": "SELECT phone FROM thinka_sites_branding WHERE site_id = {foreign_site}",
    "redirects": "SELECT old_path FROM wagtailredirects_redirect WHERE site_id = {foreign_site}",
    "Träger": "SELECT name FROM thinka_sites_traeger WHERE id = {foreign_traeger}",
    "roles of a Träger": "SELECT id FROM thinka_sites_traegerrole WHERE traeger_id = {foreign_traeger}",
    "what others do in the background": "SELECT title FROM thinka_sites_job WHERE user_id = {foreign_user}",
    "what a colleague does in the background": "SELECT path FROM thinka_sites_job WHERE user_id = {my_colleague}",
    "by a function that fails": "SELECT 1 / (id - {foreign_page}) FROM wagtailcore_page WHERE id = {foreign_page}",
    "by a join": (
        "SELECT p.title FROM wagtailcore_site s JOIN wagtailcore_page p ON p.id = s.root_page_id"
        " WHERE s.id = {foreign_site}"
    ),
    "by counting": "SELECT id FROM wagtailcore_page WHERE id = {foreign_page} FOR UPDATE",
}

_JOB = (
    "INSERT INTO thinka_sites_job (user_id, kind, title, total, done, scheme, host, path, data, fingerprint, state,"
    " created_at, messages, error, next_url) VALUES ({user}, 'delete', 'X', 1, 0, 'http', 'x', '/', '', 'x',"
    " '{state}', now(), '{messages}', '{error}', '')"
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
        "UPDATE wagtailcore_page SET readers = readers || 'u:{me}' WHERE id = {foreign_page}"
    ),
    "open one's own page past the rules": "UPDATE wagtailcore_page SET readers = '{{any}}' WHERE id = {my_page}",
    "readers of a collection": "UPDATE wagtailcore_collection SET readers = '{{any}}'",
    "readers in the index": "UPDATE wagtailsearch_indexentry SET readers = '{{any}}'",
    "a draft for a page": (
        "INSERT INTO wagtailcore_revision (object_id, content_type_id, base_content_type_id, created_at, content,"
        " object_str) SELECT '{foreign_page}', content_type_id, base_content_type_id, now(), '{{}}', 'X'"
        " FROM wagtailcore_revision LIMIT 1"
    ),
    "change a draft": "UPDATE wagtailcore_revision SET content = '{{}}' WHERE object_id = '{foreign_page}'",
    "take a restriction away": "DELETE FROM wagtailcore_pageviewrestriction WHERE page_id = {foreign_page}",
    "all restrictions": "DELETE FROM wagtailcore_pageviewrestriction WHERE page_id NOT IN ({my_pages})",
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
    "become administrator": "UPDATE thinka_sites_user SET is_superuser = true WHERE id = {me}",
    "take another's address": "UPDATE thinka_sites_user SET email = 'neu@beispiel.test' WHERE id = {me}",
    "another's password": "UPDATE thinka_sites_user SET password = 'X' WHERE id = {foreign_user}",
    "a colleague's password": "UPDATE thinka_sites_user SET password = 'X' WHERE id = {my_colleague}",
    "make an account": (
        "INSERT INTO thinka_sites_user (password, is_superuser, email, first_name, last_name, role_title, phone,"
        " language, is_active, date_joined) VALUES ('', true, 'x@beispiel.test', '', '', '', '', 'de', true, now())"
    ),
    "find out an address by a collision": (
        "INSERT INTO thinka_sites_user (password, is_superuser, email, first_name, last_name, role_title, phone,"
        " language, is_active, date_joined)"
        " VALUES ('', false, '{foreign_email}', '', '', '', '', 'de', true, now())"
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
        " granted_at, granted_by_id) VALUES ({me}, {foreign_document}, {permission}, false, '', now(), {me})"
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
        " VALUES ('x', 'x', 1, 1, '', {foreign_image})"
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
    "another approver": "UPDATE wagtailcore_groupapprovaltask_groups SET group_id = {my_group}",
    "text in the index": "UPDATE wagtailsearch_indexentry SET title_text = 'X' WHERE object_id = '{foreign_page}'",
    "vocabulary": "UPDATE home_topic SET name = 'X'",
    "a language": "DELETE FROM wagtailcore_locale",
}

# Each must fail.
ESCALATIONS = {
    "become the owner": "SET ROLE portal",
    "become the superuser": "SET ROLE postgres",
    "another session": "SET SESSION AUTHORIZATION portal",
    "grant oneself the owner": "GRANT portal TO portal_web",
    "more powers": "ALTER ROLE portal_web BYPASSRLS",
    "switch the wall off": "SET row_security = off; SELECT count(*) FROM wagtailcore_page",
    "take the wall away": "ALTER TABLE wagtailcore_page DISABLE ROW LEVEL SECURITY",
    "a policy of one's own": "CREATE POLICY x ON wagtailcore_page USING (true)",
    "drop a policy": "DROP POLICY portal_select ON wagtailcore_page",
    "drop a trigger": "DROP TRIGGER portal_changed ON wagtailcore_page",
    "without triggers": "SET session_replication_role = replica",
    "empty a table": "TRUNCATE wagtailcore_pageviewrestriction_groups",
    "a function": "CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "a cheap function that tells": (
        "CREATE FUNCTION pg_temp.x(text) RETURNS boolean COST 0.0001 LANGUAGE plpgsql AS"
        " 'BEGIN RAISE NOTICE ''%'', $1; RETURN true; END'"
    ),
    "a table": "CREATE TABLE x (id int)",
    "a table of the session": "CREATE TEMPORARY TABLE x (id int)",
    "a schema": "CREATE SCHEMA x",
    "an extension": "CREATE EXTENSION dblink",
    "compute readers": "SELECT portal_readers(ARRAY[1])",
    "store readers": "SELECT portal_refresh(ARRAY[1])",
    "readers of entries": "SELECT portal_entry_readers(1, '1')",
    "readers of collections": "SELECT portal_refresh_collections()",
    "grants of somebody": "SELECT portal_grants_of(1, ARRAY[1])",
    "rights of everybody": "SELECT * FROM portal_page_right",
    "a file of the server": "SELECT pg_read_file('/etc/passwd')",
    "a program on the server": "COPY wagtailcore_locale TO PROGRAM 'cat'",
    "others' sessions": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
    "passwords of roles": "SELECT rolpassword FROM pg_authid",
    "statistics with values": "SELECT stavalues1 FROM pg_statistic",
    "migrations": "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
}
