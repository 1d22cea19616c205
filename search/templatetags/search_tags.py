"""What templates of other rooms show of the search."""

from django import template

from search.attachments.models import Attachment

register = template.Library()


@register.inclusion_tag("search/admin/attachment.html")
def attachment_state(document):
    """What the search knows of the text in `document`, and what to do where it knows nothing."""
    return {"attachment": Attachment.objects.defer("text").filter(document=document.pk).first()}
