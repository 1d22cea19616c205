import json

from django import template

from sites.admin.translating import CONVERT, NEEDS

register = template.Library()


@register.filter
def with_links_for(props: str, page_perms) -> str:
    """Return what the script of the translation editor is told, without a link that would be refused.

    `page_perms`: what the person may do with the page; empty for something else than a page.
    """
    told = json.loads(props)
    if page_perms and not page_perms.may_by_role(NEEDS[CONVERT]):
        told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)
