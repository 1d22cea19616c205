from django import template

from sites.admin.host import admin_url as address

register = template.Library()


@register.simple_tag
def admin_url(view: str, *args) -> str:
    """Return the address of a view of the editing area, on its own host where it has one."""
    return address(view, *args)
