"""Which rows of which table a web process may read and write: RLS as data.

Every table is in POLICIES or in FREE, is named in the module `policies` of its app, or follows from its
model: page types and all that hangs on them (see `derived`). A system check refuses any other table.
Administrators pass every condition; the owner of the tables is bound by none.
Source of the rules: design, section 5.
"""

from sites.rls.conditions import (
    AT_WORK,
    EVERYBODY,
    ME,
    MINE,
    NOBODY,
    ON_A_SITE,
    THIS_SITE,
    WORKING,
    TablePolicies,
    among,
    any_of,
    approval,
    below,
    by_me,
    changes_file,
    collection,
    content,
    either,
    exists,
    files,
    grants,
    in_role,
    of_file,
    of_key,
    of_page,
    one_of,
    part_of,
    row,
    sees,
    site,
    told,
    works_on,
)
from sites.rls.queue_tables import QUEUE
from sites.rls.team_tables import TEAM

_OBJECT = "{t}.object_id::int"

_KINDS = ("image", "document")

# What else points to something, for the overview of where a thing is used.
_OTHER_SOURCES = {
    f"thinka_sites__{name}": exists(f"thinka_sites_{name} o", f"o.id = {_OBJECT}")
    for name in ("branding", "portalimage", "portaldocument", "user")
}
_CHANGED_FILES = {f"thinka_sites__portal{kind}": changes_file(kind, _OBJECT) for kind in _KINDS}
_OWN_SOURCES = _CHANGED_FILES | {
    "thinka_sites__branding": exists(
        "thinka_sites_branding b",
        f"b.id = {_OBJECT} AND {below('portal_site_path(b.site_id)', 'head_paths')}",
    ),
    "thinka_sites__user": f"{_OBJECT} = {ME}",
}

_NO_GRANT = "NOT {t}.action ^@ 'portal.grant.'"

PAGES = {
    # The one table in which everybody sees start pages: from there visitors are led to the login.
    "wagtailcore_page": TablePolicies(
        read=either(any_of("{t}.readers", "passes"), one_of("{t}.path", "pass_paths")),
        insert=below("{t}.path", "edit_paths"),
        update=f"portal_works({{t}}.path::text, {{t}}.id, {WORKING})",
        delete=below("{t}.path", "edit_paths"),
    ),
    # Drafts and what is said about them: for who works on the page, not for all who may read it.
    "wagtailcore_revision": TablePolicies(
        read=of_page("base_content_type_id"),
        write=of_page("base_content_type_id"),
        delete=content("base_content_type_id", wagtailcore__page=in_role(_OBJECT)),
    ),
    "wagtailcore_pagelogentry": TablePolicies(
        # Who else was let in, and why, is no business of a guest.
        read=f"{works_on('{t}.page_id')} AND {either(_NO_GRANT, in_role('{t}.page_id'))}",
        insert=f"{works_on('{t}.page_id')} AND {by_me()}",
    ),
    "wagtailcore_comment": TablePolicies(
        read=works_on("{t}.page_id"),
        write=works_on("{t}.page_id"),
        insert=f"{works_on('{t}.page_id')} AND {by_me()}",
    ),
    "wagtailcore_commentreply": TablePolicies(
        read=row("wagtailcore_comment", "comment_id"),
        write=row("wagtailcore_comment", "comment_id"),
        insert=f"{row('wagtailcore_comment', 'comment_id')} AND {by_me()}",
    ),
    "wagtailcore_pagesubscription": TablePolicies(
        read=either(MINE, works_on("{t}.page_id")),
        write=f"{MINE} AND {works_on('{t}.page_id')}",
        delete=either(MINE, works_on("{t}.page_id")),
    ),
    "wagtailadmin_editingsession": TablePolicies(
        read=either(MINE, of_page("content_type_id")),
        write=f"{MINE} AND {content('content_type_id', EVERYBODY, wagtailcore__page=works_on(_OBJECT))}",
        delete=either(MINE, of_page("content_type_id")),
    ),
    "wagtailadmin_formstate": TablePolicies(read=MINE, write=MINE),
    "wagtailcore_referenceindex": TablePolicies(
        read=content("base_content_type_id", wagtailcore__page=sees(_OBJECT), **_OTHER_SOURCES),
        write=content("base_content_type_id", wagtailcore__page=works_on(_OBJECT), **_OWN_SOURCES),
    ),
}


WORKFLOWS = {
    "wagtailcore_workflowstate": TablePolicies(
        read=of_page("base_content_type_id"), write=of_page("base_content_type_id")
    ),
    "wagtailcore_taskstate": part_of("wagtailcore_workflowstate", "workflow_state_id"),
    "wagtailcore_workflowpage": TablePolicies(read=f"{AT_WORK} AND {sees('{t}.page_id')}"),
    "wagtailcore_workflowtask": approval("workflow", "workflow_id"),
    "wagtailcore_workflowcontenttype": approval("workflow", "workflow_id"),
    "wagtailcore_workflow": approval("workflow", "id"),
    "wagtailcore_task": approval("task", "id"),
    "wagtailcore_groupapprovaltask": approval("task", "task_ptr_id"),
    "wagtailcore_groupapprovaltask_groups": approval("task", "groupapprovaltask_id"),
}

_IDS_ONLY = "read by everybody: ids only, and a restriction that is hidden would look like none"
_RESTRICTED = "portal_restricted_page({t}.pageviewrestriction_id)"
_RESTRICTED_FILES = below("portal_restricted_files({t}.collectionviewrestriction_id)", "head_file_paths")


def _opens(page: str) -> str:
    """The person may let others read the page with the id `page`.

    Narrowing what is one's own hurts nobody; opening it again is publishing.
    """
    return either(in_role(page, "publish_paths"), below(f"portal_draft_path({page})", "edit_paths"))


ACCESS = {
    "wagtailcore_pageviewrestriction": TablePolicies(
        read=EVERYBODY,
        insert=in_role("{t}.page_id"),
        update=_opens("{t}.page_id"),
        delete=_opens("{t}.page_id"),
        about=_IDS_ONLY,
    ),
    "wagtailcore_pageviewrestriction_groups": TablePolicies(
        read=EVERYBODY,
        insert=f"{_opens(_RESTRICTED)} AND {among('{t}.group_id', 'near_groups')}",
        delete=_opens(_RESTRICTED),
        about=_IDS_ONLY,
    ),
    "wagtailcore_collectionviewrestriction": TablePolicies(
        read=EVERYBODY, write=collection("collection_id", "head_file_paths"), about=_IDS_ONLY
    ),
    "wagtailcore_collectionviewrestriction_groups": TablePolicies(
        read=EVERYBODY,
        insert=f"{_RESTRICTED_FILES} AND {among('{t}.group_id', 'near_groups')}",
        delete=_RESTRICTED_FILES,
        about=_IDS_ONLY,
    ),
    **{
        f"thinka_sites_{kind}{holder}grant": grants(kind, holder)
        for kind in ("page", "image", "document")
        for holder in ("user", "group")
    },
    **{
        f"wagtailcore_group{kind}permission": TablePolicies(read=among("{t}.group_id", "near_groups"))
        for kind in ("page", "collection", "site")
    },
    "auth_group_permissions": TablePolicies(read=among("{t}.group_id", "own_groups")),
    "thinka_sites_user_user_permissions": TablePolicies(read=MINE),
    **{
        f"guardian_{holder}objectpermission": TablePolicies(
            read=NOBODY, about="unused: grants have tables of their own"
        )
        for holder in ("user", "group")
    },
}

_WHERE_I_WORK = f"{told('edit_paths', 'text[]')}, {told('file_paths', 'text[]')}"

PEOPLE = {
    "thinka_sites_user": TablePolicies(
        read=either(
            f"{{t}}.id = {ME}",
            f"portal_is_colleague({{t}}.id, {told('near_groups', 'bigint[]')})",
            f"{AT_WORK} AND portal_owns_work({{t}}.id, {WORKING})",
            f"{AT_WORK} AND portal_is_guest({{t}}.id, {_WHERE_I_WORK})",
        ),
        update=f"{{t}}.id = {ME}",
        about="oneself, colleagues, the shared Träger's people; owners of pages and guests where one works",
    ),
    "thinka_sites_user_groups": TablePolicies(read=either(MINE, among("{t}.group_id", "near_groups"))),
    "thinka_sites_user_traeger": TablePolicies(read=either(MINE, among("{t}.traeger_id", "own_traeger"))),
    "auth_group": TablePolicies(read=either(among("{t}.id", "own_groups"), among("{t}.id", "near_groups"))),
    "wagtailusers_userprofile": TablePolicies(
        read=row("thinka_sites_user", "user_id"), insert=row("thinka_sites_user", "user_id"), update=MINE
    ),
    "wagtailcore_apitoken": TablePolicies(read=MINE),
    "thinka_sites_session": TablePolicies(read=NOBODY, about="through functions, by who knows the key"),
    "thinka_sites_job": TablePolicies(
        read=MINE,
        insert=(
            f"{MINE} AND {{t}}.state = 'waiting' AND {{t}}.done = 0 AND {{t}}.started_at IS NULL"
            " AND {t}.finished_at IS NULL AND {t}.transaction IS NULL AND {t}.messages = '[]'"
            " AND {t}.error = '' AND {t}.next_url = ''"
        ),
        about="asked for by the person; what becomes of it only the background service writes",
    ),
    "thinka_sites_traeger": TablePolicies(
        read=either(among("{t}.id", "own_traeger"), "{t}.kind <> 'traeger'", sees("{t}.folder_id::int"))
    ),
    "thinka_sites_traegerrole": TablePolicies(
        read=either(among("{t}.group_id", "own_groups"), among("{t}.group_id", "near_groups"))
    ),
}

# A page to which a redirect leads is below the same folder as the start page of its site.
_SAME_FOLDER = "left(portal_page_path({t}.redirect_page_id), 8) = left(portal_site_path({t}.site_id), 8)"

SITES = {
    "wagtailcore_site": TablePolicies(read=either(ON_A_SITE, sees("{t}.root_page_id"))),
    "thinka_sites_branding": TablePolicies(
        read=either(
            f"{ON_A_SITE} AND {{t}}.site_id = {THIS_SITE}",
            f"{ON_A_SITE} AND {exists('wagtailcore_site s', 's.id = {t}.site_id AND s.is_default_site')}",
            site("site_id", "edit_paths"),
        ),
        write=site("site_id", "head_paths"),
        about="stands around every page of its site; legal links of the main site stand in for missing ones",
    ),
    "wagtailredirects_redirect": TablePolicies(
        read=either(f"{ON_A_SITE} AND {{t}}.site_id = {THIS_SITE}", site("site_id", "edit_paths")),
        insert=either(
            site("site_id", "edit_paths"),
            # A guest publishes a page that somebody else has given another address.
            f"({works_on('{t}.redirect_page_id')} AND {{t}}.automatically_created AND {_SAME_FOLDER})",
        ),
        write=site("site_id", "edit_paths"),
        about="Wagtail makes them when the address of a page changes",
    ),
}

# A logo stands on every page of its site, also on the login.
_LOGOS = f"portal_logos({THIS_SITE}, {ON_A_SITE}, {told('edit_paths', 'text[]')})"
_LOGO = f"{{t}}.id = ANY ((SELECT {_LOGOS})::bigint[])"

FILES = {
    "wagtailcore_collection": TablePolicies(
        read=either(any_of("{t}.readers", "reads"), one_of("{t}.id", "seen_collections")),
        write=below("{t}.path", "head_file_paths"),
    ),
    "thinka_sites_portalimage": files("image", _LOGO),
    "thinka_sites_portaldocument": files("document"),
    "thinka_sites_portalrendition": TablePolicies(
        read=row("thinka_sites_portalimage", "image_id"),
        insert=row("thinka_sites_portalimage", "image_id"),
        delete=changes_file("image", "{t}.image_id"),
        about="made when somebody first sees the picture in that size; a function forgets what lies wrong",
    ),
    "thinka_sites_mediatag": TablePolicies(
        read=among("{t}.traeger_id", "own_traeger"),
        write=exists(
            "thinka_sites_traeger o",
            f"o.id = {{t}}.traeger_id AND {below('portal_collection_path(o.collection_id)', 'file_paths')}",
        ),
    ),
    **{
        f"thinka_sites_{kind}tag": TablePolicies(
            read=row("thinka_sites_mediatag", "tag_id"), write=of_file(kind, "{t}.content_object_id")
        )
        for kind in ("image", "document")
    },
    "wagtailcore_uploadedfile": TablePolicies(
        read=f"{{t}}.uploaded_by_user_id = {ME}", write=f"{{t}}.uploaded_by_user_id = {ME}"
    ),
    **{
        name: TablePolicies(read=NOBODY, about="unused: the portal has models of its own")
        for name in (
            *("wagtailimages_image", "wagtailimages_rendition", "wagtaildocs_document"),
            *("taggit_tag", "taggit_taggeditem", "django_session"),
        )
    },
}

_SOURCE = row("wagtail_localize_translationsource", "source_id")
TRANSLATIONS = {
    "wagtail_localize_translatableobject": TablePolicies(read=of_key("translation_key")),
    "wagtail_localize_translationsource": TablePolicies(read=of_key("object_id"), write=of_key("object_id")),
    "wagtail_localize_translationcontext": TablePolicies(read=of_key("object_id"), write=of_key("object_id")),
    **{
        f"wagtail_localize_{name}": TablePolicies(read=_SOURCE, write=_SOURCE)
        for name in (
            *("translation", "translationlog", "stringsegment", "templatesegment"),
            *("relatedobjectsegment", "overridablesegment"),
        )
    },
    **{
        f"wagtail_localize_{name}": part_of("wagtail_localize_translationcontext", "context_id")
        for name in ("stringtranslation", "segmentoverride")
    },
    "wagtail_localize_string": TablePolicies(
        read=row("wagtail_localize_stringsegment", "id", key="string_id"),
        about="sentences are stored once for all Träger: only administrators begin a translation",
    ),
    "wagtail_localize_template": TablePolicies(
        read=row("wagtail_localize_templatesegment", "id", key="template_id")
    ),
}

SHARED = {
    "wagtailcore_modellogentry": TablePolicies(
        read=either(
            MINE,
            content(
                "content_type_id",
                thinka_sites__portalimage=of_file("image", _OBJECT),
                thinka_sites__portaldocument=of_file("document", _OBJECT),
            ),
        ),
        insert=f"{MINE} AND {content('content_type_id', EVERYBODY, **_CHANGED_FILES)}",
    ),
    "wagtailsearch_indexentry": TablePolicies(
        read=NOBODY, about="never holds a row: the search of the editing area asks the rows themselves"
    ),
    **{
        name: TablePolicies(read=EVERYBODY, about="the same for everybody; changed by administrators")
        for name in (
            *("wagtailcore_locale", "wagtail_localize_localesynchronization"),
            *("auth_permission", "django_content_type"),
        )
    },
}

POLICIES: dict[str, TablePolicies] = (
    PAGES | WORKFLOWS | ACCESS | PEOPLE | TEAM | SITES | FILES | TRANSLATIONS | SHARED | QUEUE
)

# Without policies, each with its reason.
FREE = {
    "django_migrations": "names of migrations; web processes may only read it",
    "thinka_sites_signoflife": "when the background service last worked; web processes may only read it",
    "wagtailadmin_admin": "never holds a row: Wagtail's model is there for a permission",
}

# Tables without a model, which web processes can't use at all.
CLOSED = {"thinka_sites_sealkey": "the key with which the database knows the application"}

# Columns that a web process never writes, because triggers keep them.
KEPT_COLUMNS = {
    "wagtailcore_page": {"readers", "words"},
    "wagtailcore_collection": {"readers"},
    "thinka_sites_portalimage": {"renditions_stale"},
}
READ_ONLY = {"django_migrations", "thinka_sites_signoflife"}
