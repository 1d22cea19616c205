from django import template

from sites import leaving

register = template.Library()


@register.inclusion_tag("sites/people/leaving.html")
def leaving_of(person) -> dict:
    """Say what goes and what stays when the account of `person` is deleted."""
    return {"person": person, "goes": leaving.what_goes(person), "stays": leaving.what_stays(person)}
