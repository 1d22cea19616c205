# ruff: noqa: E501 - a call is easier to read on one line
"""What a web process may call, with arguments that are none of the editor's business.

Most functions are there because policies and triggers ask them as the web role: whoever runs any SQL may ask them,
too, also with arguments that the database was never told. They tell numbers and yes or no, never a word that somebody
wrote; that is in the handbook for operators.
"""

# What comes of a call: nothing (no row, null, false, an empty list), a refusal, or something that is told.
NOTHING, REFUSED, TELLS = "nothing", "refused", "tells"

# What a function is asked that tells whether somebody sees or writes something: with what the database was told.
_PASSING = "portal_told('passes')::jsonb, portal_told('pass_paths')::jsonb"
_WORKING = "portal_told('work_paths')::jsonb, portal_told('granted_pages')::jsonb"
_READS = "portal_told('reads')::jsonb"
_GROUPS = "portal_told('near_groups')::bigint[]"
_EDIT, _FILES = "portal_told('edit_paths')::text[]", "portal_told('file_paths')::text[]"

_OWN_SESSION = "what the session was told itself"
_ARGUMENTS = "computes with its arguments and looks at no row"
_MINE = "answers for what it is given; given what the database was told, it opens nothing"
_NUMBER = "a number or a path of numbers: no word that anybody wrote"

# Function → a call with foreign arguments, what comes of it, and why that does no harm.
CALLS = {
    "portal_told": ("portal_told('head_paths')", TELLS, _OWN_SESSION),
    "portal_flag": ("portal_flag('root')", NOTHING, _OWN_SESSION),
    "portal_texts": ("portal_texts('head_paths')", NOTHING, _OWN_SESSION),
    "portal_lineage": ("portal_lineage('{foreign_page_path}')", TELLS, _ARGUMENTS),
    "portal_content_type": (
        "portal_content_type('wagtailcore', 'page')",
        TELLS,
        "a table that everybody reads",
    ),
    "portal_works": (
        f"portal_works('{{foreign_page_path}}', {{foreign_page}}, {_WORKING})",
        NOTHING,
        _ARGUMENTS,
    ),
    "portal_sees_page": (f"portal_sees_page({{foreign_page}}, {_PASSING})", NOTHING, _MINE),
    "portal_works_on_page": (f"portal_works_on_page({{foreign_page}}, {_WORKING})", NOTHING, _MINE),
    "portal_works_on_key": (f"portal_works_on_key('{{foreign_key}}', {_WORKING})", NOTHING, _MINE),
    "portal_has_source": ("portal_has_source({foreign_page})", NOTHING, "yes or no, about a number"),
    "portal_waits_for_source": (
        "portal_waits_for_source({foreign_page}, now())",
        NOTHING,
        "yes or no, about a number",
    ),
    "portal_page_path": ("portal_page_path({foreign_page})", TELLS, _NUMBER),
    "portal_draft_path": ("portal_draft_path({foreign_page})", NOTHING, _NUMBER),
    "portal_site_path": ("portal_site_path({foreign_site})", TELLS, _NUMBER),
    "portal_restricted_page": (
        "portal_restricted_page({foreign_restriction})",
        TELLS,
        "restrictions are read by everybody: ids only",
    ),
    "portal_sees_workflow": (f"portal_sees_workflow({{foreign_workflow}}, {_PASSING})", NOTHING, _MINE),
    "portal_sees_task": (f"portal_sees_task({{foreign_task}}, {_PASSING})", NOTHING, _MINE),
    "portal_sees_file": (
        f"portal_sees_file('image', {{foreign_private_image}}, {{foreign_inner}}, {_READS})",
        NOTHING,
        _MINE,
    ),
    "portal_collection_path": ("portal_collection_path({foreign_inner})", TELLS, _NUMBER),
    "portal_image_path": ("portal_image_path({foreign_private_image})", TELLS, _NUMBER),
    "portal_document_path": ("portal_document_path({foreign_document})", TELLS, _NUMBER),
    "portal_restricted_files": (
        "portal_restricted_files((SELECT min(id) FROM wagtailcore_collectionviewrestriction WHERE collection_id = {foreign_inner}))",
        TELLS,
        _NUMBER,
    ),
    "portal_logos": (
        f"portal_logos({{my_site}}, false, {_EDIT})",
        NOTHING,
        "numbers of pictures that stand on public pages",
    ),
    "portal_is_logo": (
        "portal_is_logo({foreign_private_image})",
        NOTHING,
        "answers for the site that was asked for",
    ),
    "portal_public_file": (
        "portal_public_file('image', {foreign_private_image})",
        NOTHING,
        "public is what everybody sees; what is not looks like what is missing",
    ),
    "portal_take_misplaced": (
        "(SELECT min(file) FROM portal_take_misplaced(ARRAY[{foreign_private_image}]))",
        NOTHING,
        "names only files that are about to be deleted",
    ),
    "portal_purge_misplaced": (
        "portal_purge_misplaced(ARRAY(SELECT id FROM thinka_sites_portalrendition))",
        NOTHING,
        "forgets only sizes that lie on the wrong side, and would be made anew",
    ),
    "portal_is_colleague": (f"portal_is_colleague({{foreign_user}}, {_GROUPS})", NOTHING, _MINE),
    "portal_owns_work": (f"portal_owns_work({{foreign_user}}, {_WORKING})", NOTHING, _MINE),
    "portal_is_guest": (f"portal_is_guest({{foreign_user}}, {_EDIT}, {_FILES})", NOTHING, _MINE),
    "portal_answers_for": (f"portal_answers_for({{foreign_page}}, {_GROUPS})", NOTHING, _MINE),
    "portal_refuse": ("portal_refuse('X')", REFUSED, "fails, and does nothing else"),
    "portal_translates_elsewhere": (
        f"portal_translates_elsewhere('{{foreign_key}}', {_EDIT})",
        TELLS,
        "keys are random: nobody guesses one, and who knows it knows that there is a page",
    ),
    "portal_address_is_right": (
        "portal_address_is_right({foreign_page}, 'frei', '{foreign_list_url}frei/')",
        NOTHING,
        "answers for pages on which one works: elsewhere no address is right",
    ),
    "portal_shows": (
        "portal_shows('{foreign_page_path}', {foreign_page})",
        NOTHING,
        "answers for the session and what it is given",
    ),
    "portal_needs_publisher": (
        "portal_needs_publisher({foreign_page})",
        TELLS,
        "whether there is a published page of this number",
    ),
    "portal_exists": (
        "portal_exists('page', {foreign_page})",
        TELLS,
        "whether there is something of this number, as foreign keys tell",
    ),
    "portal_search": (
        'nullif((portal_search(\'{{"words": [[["geheim", 1]]], "pinned": [{foreign_page}], "language": null, "below": "", "start": 0, "stop": 10, "share": 1}}\')->>\'total\')::int, 0)',
        NOTHING,
        "looks at the readers of each entry, with what the database was told",
    ),
    "portal_search_asks": (
        "portal_search_asks('de')->>'reads'",
        TELLS,
        "what the session was told itself, the codes of languages, and whether an index is whole",
    ),
    "portal_search_similar": (
        "(SELECT term FROM portal_search_similar(ARRAY['geheim', 'geheem'], NULL, '') LIMIT 1)",
        NOTHING,
        "terms of what the person reads",
    ),
    "portal_search_suggest": (
        "(SELECT page FROM portal_search_suggest(ARRAY['g'], NULL, '', 6) WHERE page = {foreign_page})",
        NOTHING,
        "titles of what the person reads",
    ),
    "portal_search_asked": (
        "portal_search_asked('anna@beispiel.test', 'de', true)::text",
        NOTHING,
        "counts words and tells nothing; what looks like an address is not counted",
    ),
    "portal_search_clicked": (
        "portal_search_clicked('nie gesucht', 'de')::text",
        NOTHING,
        "counts only what was searched for, and tells nothing",
    ),
    "portal_queue_lag": (
        "portal_queue_lag()",
        NOTHING,
        "a number of seconds, for the health of the whole portal",
    ),
    "portal_count": (
        "portal_count('lotse', 900, -1)",
        NOTHING,
        "counts are named by digests with a key that the database lacks: nobody can name another's",
    ),
    "portal_counted": ("(SELECT nullif(count, 0) FROM portal_counted('lotse'))", NOTHING, "likewise"),
    "portal_uncount": ("portal_uncount('lotse')", NOTHING, "likewise"),
    "portal_invite": (
        "portal_invite(gen_random_uuid(), {my_traeger}, 'leitung', 'x@beispiel.test', 'x', clock_timestamp())",
        REFUSED,
        "only for the head of the Träger; see heading.py",
    ),
    "portal_revoke_invitation": ("portal_revoke_invitation(gen_random_uuid())", REFUSED, "likewise"),
    "portal_change_role": ("portal_change_role({me}, {my_traeger}, 'leitung')", REFUSED, "likewise"),
    "portal_end_membership": ("portal_end_membership({my_colleague}, {my_traeger})", REFUSED, "likewise"),
    "portal_invitation": (
        "(SELECT email FROM portal_invitation('{foreign_key}', repeat('A', 107)))",
        NOTHING,
        "only for who has the token, at random and sealed by the application, which is sent by mail",
    ),
    "portal_accept_invitation": (
        "portal_accept_invitation('{foreign_key}', repeat('A', 107))",
        NOTHING,
        "likewise, and for the address that was invited",
    ),
    "portal_join": ("portal_join('{foreign_key}', repeat('A', 107), '', '', '')", NOTHING, "likewise"),
    "portal_set_identity": (
        "(portal_set_identity({foreign_user}, 'admin', 'x', 80, repeat('0', 64))).person",
        NOTHING,
        "only the application can sign; without that nobody is asking",
    ),
    "portal_session": (
        "portal_session('{foreign_user}')",
        NOTHING,
        "only for who knows the key of a session, 165 random bits in its browser",
    ),
    "portal_store_session": (
        "portal_store_session('{foreign_user}', '', now(), {foreign_user}, false)",
        NOTHING,
        "changes only the session whose key one knows; what is stored is signed for it",
    ),
    "portal_end_session": ("portal_end_session('{foreign_user}')", NOTHING, "only where one knows the key"),
    "portal_account": (
        "portal_account('{foreign_email}')",
        TELLS,
        "a number for an exact address, without which nobody could log in",
    ),
    "portal_person_by_email": (
        "(SELECT id FROM portal_person_by_email('{foreign_email}'))",
        NOTHING,
        "only heads find somebody, for a grant",
    ),
    "portal_keep_closed": ("portal_keep_closed({foreign_page})", REFUSED, "only for who works on the page"),
    "portal_would_open": (
        "portal_would_open({foreign_page}, {foreign_page})",
        NOTHING,
        "restrictions are read by everybody: ids only",
    ),
    "portal_at_work": (
        "portal_at_work({foreign_page}, ARRAY[{foreign_user}])",
        TELLS,
        "numbers of accounts that the caller names",
    ),
    "portal_reads": (
        "portal_reads({foreign_user}, 'site')",
        TELLS,
        "the numbers of somebody's groups and ending grants, as portal_set_identity tells them",
    ),
    "portal_site_roots": (
        "(SELECT min(site_id) FROM portal_site_roots() WHERE site_id = {foreign_site})",
        TELLS,
        "addresses of sites are public",
    ),
    "portal_count_children": (
        "portal_count_children({foreign_page})",
        NOTHING,
        "stores what follows from the tree: nothing, where that is right",
    ),
    "portal_address_below": (
        "portal_address_below({foreign_page})",
        NOTHING,
        "stores what follows from the tree: nothing, where that is right",
    ),
    "portal_names_file": (
        "portal_names_file('{foreign_file}')",
        TELLS,
        "names of files are random: who knows one may ask whether a row has it",
    ),
}
