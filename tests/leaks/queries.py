"""What is asked along with an address: the queries of requests, as data.

`{image}` stands for the id of a foreign picture, `{own_image}` for one of the own Träger; see
`tests.leaks.objects` for the kinds. The first column is a regular expression for names of routes.
"""

from tests.leaks.marking import TOPIC

# Tried with every address without arguments in the editing area, whether it reads them or not.
LISTING = (f"q={TOPIC}", "export=csv", "export=xlsx", "p=2")

QUERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("wagtailadmin_explore.*", (f"q={TOPIC}", "export=csv", "site={site}", "owner={user}", "ordering=ord")),
    ("wagtailsnippets_home.*:merge", ("into={topic}",)),
    (".*usage.*|.*history.*", ("p=1", f"q={TOPIC}", "export=csv", "user={user}")),
    (
        "wagtailadmin_choose_page.*",
        (
            "id={page}&id={own_page}",
            f"q={TOPIC}",
            f"page_type=home.newspage&q={TOPIC}",
            "allow_external_link=true&allow_email_link=true",
            "link_text=x&link_url=id:{page}",
            f"q={TOPIC}&match_subclass=true&target_pages={{page}}",
        ),
    ),
    (
        ".*_?chooser.*",
        ("id={image}&id={document}&id={topic}", "collection_id={collection}", f"q={TOPIC}&p=1", "tag=zq"),
    ),
    ("wagtail(images|docs):index.*", ("collection_id={collection}", "tag=zq", "ordering=title")),
    ("wagtailadmin_tag.*", ("term=zq", "term=z")),
    (
        "wagtail_bulk_action",
        (
            "id={bulk}&next=/admin/",
            "id={bulk}&id={own_bulk}",
            "id=all&childOf={page}",
            "id=all",
        ),
    ),
    (
        "wagtailadmin_api:.*",
        (
            "fields=*",
            f"search={TOPIC}&fields=*",
            "child_of={page}",
            "descendant_of={page}",
            "ancestor_of={page}",
            "translation_of={page}",
            "for_explorer=1&child_of={page}",
            "id={page}",
            "id={image}",
            "id={document}",
            "html_path=/{public_slug}/",
            "site={host}",
            "type=home.NewsPage&fields=*",
            "tags=zq",
        ),
    ),
    (
        "wagtailadmin_reports:.*|portal_approvals.*|wagtail_localize:translations_report.*",
        (
            "requested_by={user}",
            "user={user}",
            "locked_by={user}",
            "workflow={workflow}",
            "task={task}",
            f"label={TOPIC}",
            "site={site}",
            "locked_at_after=2020-01-01",
            "source_title=" + TOPIC,
        ),
    ),
    ("wagtailusers_users:.*", ("traeger={traeger}", "group={group}")),
    ("wagtail_localize:submit.*", ("select_locale=en",)),
    ("wagtailadmin_collections:add", ("parent={collection}",)),
    ("wagtailadmin_workflows:task_chooser.*", (f"q={TOPIC}&create=0",)),
    (".*preview.*", ("mode=", "in_preview_panel=true")),
    ("search_suggestions", (f"q={TOPIC[:4]}&scope=all", f"q={TOPIC}", "q=z&scope=all")),
    ("search_feed", (f"q={TOPIC}&scope=all", f"q={TOPIC}", "q=zqs&scope=all")),
    ("search", (f"q={TOPIC}&scope=all", f"q={TOPIC}", f"q={TOPIC}&scope=all&kind=page", "q=zqs")),
    ("wagtail_serve", (f"q={TOPIC}&scope=all", "thema={topic}&page=2&p=2")),
    ("login|wagtailadmin_login|wagtailcore_login", ("next=/admin/pages/{page}/edit/",)),
)
