"""How a web process in the wrong hands would say that it asks for somebody else.

The database believes nobody but the application: what it was told is sealed (see sites/rls/seal.sql).
Placeholders of `Things.fill`; `{foreign_login}` is what another connection sends for somebody else,
`{foreign_…}` with the name of a setting what that connection was told. Each pretence must open nothing.
"""

PAGE = "SELECT title FROM wagtailcore_page WHERE id = {foreign_page}"
USER = "SELECT email FROM thinka_sites_user WHERE id = {foreign_user}"
REDIRECT = "SELECT old_path FROM wagtailredirects_redirect WHERE site_id = {foreign_site}"

# What is said → what it would open, closed to the editor.
PRETENCES = {
    "to be somebody else, unsigned": (
        "SELECT portal_set_identity({foreign_user}, 'admin', 'x', 80, '')",
        PAGE,
    ),
    "to be somebody else, signed by nobody": (
        "SELECT portal_set_identity({foreign_user}, 'admin', 'x', 80, NULL)",
        PAGE,
    ),
    "to be somebody else, in one setting": (
        "SELECT set_config('portal.person', '{foreign_user}', false)",
        USER,
    ),
    "to be somebody else, for one transaction": (
        "SET LOCAL portal.person = '{foreign_user}'",
        "SELECT path FROM thinka_sites_job WHERE user_id = {foreign_user}",
    ),
    "to be an administrator": (
        "SELECT set_config('portal.root', 'on', false)",
        "SELECT password FROM thinka_sites_user WHERE id = {foreign_user}",
    ),
    "to be an administrator, for one transaction": (
        "SELECT set_config('portal.root', 'on', true)",
        "SELECT name FROM auth_group WHERE id = {foreign_group}",
    ),
    "to be an administrator, as a default of the session": (
        "SET SESSION portal.root TO 'on'",
        "SELECT content FROM wagtailcore_revision WHERE object_id = '{foreign_page}'",
    ),
    "to be an administrator, with a seal of something else": (
        "SELECT set_config('portal.root', left(current_setting('portal.person'), 64) || 'on', false)",
        PAGE,
    ),
    "to be of another group": ("""SET portal.passes = '{{"g:{foreign_group}": 0}}'""", PAGE),
    "to be of another group, too": (
        """SELECT set_config('portal.passes', left(current_setting('portal.passes'), 64)"""
        """ || '{{"g:{foreign_group}": 0, "any": 0}}', false)""",
        PAGE,
    ),
    "to be of another Träger": (
        "SET portal.own_traeger = '{{{foreign_traeger}}}'",
        "SELECT name FROM thinka_sites_mediatag WHERE traeger_id = {foreign_traeger}",
    ),
    "to edit elsewhere": ("SET portal.edit_paths = '{{{foreign_path}}}'", REDIRECT),
    "to work elsewhere": (
        """SET LOCAL portal.work_paths = '{{"{foreign_path}": 0}}'""",
        "UPDATE wagtailcore_comment SET text = text WHERE page_id = {foreign_page} RETURNING text",
    ),
    "to be on a site": (
        "SET portal.area = 'site'",
        "SELECT site_name FROM wagtailcore_site WHERE id = {foreign_site}",
    ),
    "to be what a visitor is on a site": (
        "SELECT set_config('portal.area', current_setting('portal.reads'), false)",
        "SELECT site_name FROM wagtailcore_site WHERE id = {foreign_site}",
    ),
    "to have found somebody": (
        "SELECT set_config('portal.found_person', '{foreign_user}', false)",
        USER,
    ),
    "what another connection said": ("{foreign_login}", PAGE),
    "what another connection was told": (
        "SELECT set_config('portal.passes', '{foreign_passes}', false)",
        PAGE,
    ),
    "the rights of another connection": (
        "SELECT set_config('portal.edit_paths', '{foreign_edit_paths}', false)",
        REDIRECT,
    ),
    # A query reads a setting when it first needs it: perhaps later than the first row.
    "to be of another group from the second row on": (
        """SELECT set_config('portal.pass_paths', '{{"{foreign_page_path}": 0}}', false)"""
        """ FROM wagtailcore_page""",
        PAGE,
    ),
}
