from django import template

from sites.accounts import deletion

register = template.Library()


@register.inclusion_tag("sites/people/deletion.html")
def deletion_of(person) -> dict:
    """Say what goes and what stays when the account of `person` is deleted."""
    return {"person": person, "goes": deletion.what_goes(person), "stays": deletion.what_stays(person)}
