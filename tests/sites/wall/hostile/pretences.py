"""How a web process in the wrong hands would say that it asks for somebody else.

That works: the web process says who is asking, and the database believes it (see the handbook for operators).
It must end with the request.
"""

# What is said → what that opens, closed to the editor before and afterwards.
PRETENCES = {
    "to be somebody else": (
        "SELECT portal_enter({foreign_user}, 'admin', 'x', 80)",
        "SELECT title FROM wagtailcore_page WHERE id = {foreign_page}",
    ),
    "to be somebody else, in one setting": (
        "SELECT set_config('portal.person', '{foreign_user}', false)",
        "SELECT email FROM thinka_sites_user WHERE id = {foreign_user}",
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
    "to be of another group": (
        """SET portal.passes = '{{"g:{foreign_group}": 0}}'""",
        "SELECT title FROM wagtailcore_page WHERE id = {foreign_page}",
    ),
    "to be of another Träger": (
        "SET portal.own_traeger = '{{{foreign_traeger}}}'",
        "SELECT name FROM thinka_sites_mediatag WHERE traeger_id = {foreign_traeger}",
    ),
    "to edit elsewhere": (
        "SET portal.edit_paths = '{{{foreign_path}}}'",
        "SELECT old_path FROM wagtailredirects_redirect WHERE site_id = {foreign_site}",
    ),
    "to work elsewhere": (
        """SET LOCAL portal.work_paths = '{{"{foreign_path}": 0}}'""",
        "UPDATE wagtailcore_comment SET text = text WHERE page_id = {foreign_page} RETURNING text",
    ),
    "to be on a site": (
        "SET portal.area = 'site'",
        "SELECT site_name FROM wagtailcore_site WHERE id = {foreign_site}",
    ),
}
