# ruff: noqa: E501 - a try is easier to read on one line
"""What a web process in the wrong hands would try to read."""

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
