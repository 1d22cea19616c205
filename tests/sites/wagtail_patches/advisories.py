"""Wagtail's security advisories of 2026, as data: what each let somebody do, tried here.

`TRIES` are requests of a head of Träger B for what belongs to Träger A; `ABSENT` names what the portal does
not have. What needs more than a request is in `test_advisories`.
"""

from dataclasses import dataclass, field

HEAD, ADMIN = "head", "admin"
# The answers: as if it weren't there; or a list, which must not have it.
MISSING, LISTED = 404, 200


@dataclass(frozen=True)
class Try:
    """One request. Words in braces in `args`, `query` and `data` are names of what the test has made."""

    view: str
    args: tuple = ()
    query: str = ""
    data: dict | None = None  # of a POST
    answer: int = MISSING
    # What people get whose things these are, so that a mistake in the try itself is found.
    own: int = 200
    own_as: str = HEAD
    tells: bool = True  # their answer contains the title
    allowed: tuple = field(default=())  # rights that those have about whom the advisory speaks


def _all(*names: str, **fields) -> tuple[Try, ...]:
    return tuple(Try(name, **fields) for name in names)


PAGE, SAVED = "wagtailadmin_pages:", 302
API = "wagtailadmin_api:pages:"
TRANSLATE = ("simple_translation.submit_translation", "wagtail_localize.submit_translation")
FORM = {"title": "Fremd", "slug": "fremd", "body-count": "0"}


def _action(name: str, *, own: int = 201, own_as: str = HEAD, tells: bool = True, **data) -> Try:
    """An action of the API of the editing area."""
    return Try(
        API + "action",
        ("{page}", name),
        data=data,
        own=own,
        own_as=own_as,
        tells=tells,
        allowed=TRANSLATE,
    )


TRIES = {
    # Previews rendered any data with the template of any object.
    "CVE-2026-25517": (
        Try(PAGE + "preview_on_edit", ("{page}",), data=FORM, tells=False),
        Try(PAGE + "preview_on_edit", ("{page}",), tells=False),
        Try(PAGE + "preview_on_add", ("home", "newspage", "{parent}"), data=FORM, tells=False),
        Try(PAGE + "view_draft", ("{page}",)),
        Try(PAGE + "revisions_view", ("{page}", "{first}")),
        Try(PAGE + "workflow_preview", ("{page}", "{task}"), own=302, tells=False),
    ),
    # Two revisions of any page were compared.
    "CVE-2026-44197": (
        Try(PAGE + "revisions_compare", ("{page}", "{first}", "{second}")),
        Try(PAGE + "revisions_compare", ("{page}", "earliest", "latest")),
        Try(PAGE + "revisions_compare", ("{page}", "live", "{second}")),
    ),
    # The history of any page was shown.
    "CVE-2026-44198": (
        *_all(PAGE + "history", PAGE + "history_results", args=("{page}",), tells=False),
        Try(PAGE + "workflow_history", ("{page}",)),
        Try("wagtailadmin_reports:site_history", answer=LISTED),
    ),
    # A page was copied without rights on the source.
    "CVE-2026-44200": (
        Try(PAGE + "copy", ("{page}",)),
        Try(
            PAGE + "copy",
            ("{page}",),
            data={"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": "{parent_of_asking}"},
            own=SAVED,
            tells=False,
        ),
        _action("copy", recursive="false", destination_page_id="{parent_of_asking}", slug="kopie"),
        _action(
            "create_alias", recursive="false", destination_page_id="{parent_of_asking}", update_slug="kopie"
        ),
    ),
    # Choosers confirmed files that one may not choose.
    "CVE-2026-54259": (
        Try("wagtaildocs_chooser:chosen", ("{document}",)),
        Try("wagtailimages_chooser:chosen", ("{image}",)),
        Try("wagtaildocs_chooser:chosen_multiple", query="?id={document}"),
        Try("wagtailimages_chooser:chosen_multiple", query="?id={image}"),
        Try("wagtailadmin_choose_page_chosen_multiple", query="?id={page}"),
    ),
    # Any picture was previewed.
    "CVE-2026-54261": (
        Try("wagtailimages:preview", ("{image}", "width-100"), tells=False),
        Try("wagtailimages_chooser:select_format", ("{image}",), tells=False),
        Try("wagtailimages:edit", ("{image}",)),
    ),
    # Translations of any page were made by whom may submit translations.
    "CVE-2026-54262": (
        Try(
            "wagtail_localize:submit_page_translation",
            ("{page}",),
            allowed=TRANSLATE,
            own_as=ADMIN,
        ),
        Try(
            "wagtail_localize:submit_page_translation",
            ("{page}",),
            data={"locales": "{english}"},
            own=SAVED,
            own_as=ADMIN,
            tells=False,
            allowed=TRANSLATE,
        ),
    ),
    # The API of the editing area told the fields of any page.
    "GHSA-3vrh-m9w7-v94f": (
        Try(API + "detail", ("{page}",)),
        Try(API + "detail", ("{page}",), query="?fields=*"),
        *(
            Try(API + "listing", query=query, answer=LISTED)
            for query in ("", "?search=Verschwiegen", "?slug=verschwiegen", "?fields=*")
        ),
        *(
            Try(API + "listing", query=query, answer=400)
            for query in ("?child_of={parent}", "?descendant_of={parent}")
        ),
        Try(API + "find", query="?id={page}", own=302, tells=False),
        _action("publish", own=200),
        _action("unpublish", own=200),
        _action("revert_to_page_revision", own=200, revision_id="{first}"),
        _action("delete", own=204, tells=False),
    ),
    # Documents and pictures of collections that are closed were listed. Where somebody can't see every
    # restricted collection, Wagtail leaves out all files; only administrators show that the tries are right.
    "CVE-2026-44201": tuple(
        Try(
            f"wagtailadmin_api:{kind}s:{view}",
            args,
            query,
            answer=answer,
            own=302 if view == "find" else 200,
            own_as=ADMIN,
            tells=view != "find",
        )
        for kind in ("document", "image")
        for view, args, query, answer in (
            ("listing", (), "", LISTED),
            ("listing", (), "?search=Verschwiegen", LISTED),
            ("detail", (f"{{public_{kind}}}",), "", MISSING),
            ("detail", (f"{{{kind}}}",), "", MISSING),
            ("find", (), f"?id={{public_{kind}}}", MISSING),
            ("find", (), f"?id={{{kind}}}", MISSING),
        )
    ),
    # … and so were those of the collections below.
    "GHSA-c2xx-cjmh-9q8f": (
        *(
            Try(f"wagtailadmin_api:{kind}s:detail", (f"{{deep_{kind}}}",), own_as=ADMIN)
            for kind in ("document", "image")
        ),
        Try("wagtaildocs:index", answer=LISTED),
        Try("wagtaildocs:index", query="?collection_id={deep}", answer=LISTED),
        Try("wagtailimages:index", query="?collection_id={deep}", answer=LISTED),
        Try("wagtaildocs_serve", ("{deep_document}", "{deep_filename}"), tells=False),
    ),
    # Who may add, but not change, saw an object in the form for its copy.
    "GHSA-x5cx-w6p2-mxf2": (
        Try("wagtailusers_users:copy", ("{person}",), allowed=("thinka_sites.add_user",), own_as=ADMIN),
        Try("wagtailsites:copy", ("{site}",), allowed=("wagtailcore.add_site",), own_as=ADMIN, tells=False),
    ),
    # The API copied any page for translation.
    "GHSA-jm5p-837g-rv8g": tuple(
        _action("copy_for_translation", locale="en", copy_parents="true", own_as=ADMIN, **more)
        for more in ({}, {"alias": "true"}, {"recursive": "true"})
    ),
}

# Apps that are not installed, and addresses that must lead nowhere, also for administrators.
ABSENT = {
    # Whoever reached one form deleted what was sent by another.
    "CVE-2026-44199": (
        ("wagtail.contrib.forms",),
        ("/admin/forms/", "/admin/forms/submissions/{page}/delete/"),
    ),
    # The public API listed files of closed collections.
    "CVE-2026-44201": (
        ("wagtail.api", "wagtail.api.v2", "wagtail.api.v3"),
        ("/api/v2/documents/", "/api/v2/images/", "/api/v3/", "/api/"),
    ),
    "GHSA-c2xx-cjmh-9q8f": (("wagtail.api.v2",), ("/api/v2/documents/{deep_document}/",)),
    # Pages were translated without rights on them.
    "CVE-2026-54262": (
        ("wagtail.contrib.simple_translation",),
        ("/admin/translation/submit/page/{page}/",),
    ),
    # Pictures in any size at an address of one's own making; its form said back what it was sent.
    "CVE-2026-54263": (
        (),
        (
            "/admin/images/{image}/generate_url/?filter_method=fill&width=<script>alert(47)</script>",
            "/admin/images/{image}/generate_url/output/?filter_method=fill&width=<script>alert(47)</script>",
        ),
    ),
    # Snippets had a form for copies that showed them.
    "GHSA-x5cx-w6p2-mxf2": ((), ("/admin/snippets/home/topic/copy/{topic}/",)),
}
