from django.http import Http404
from wagtail import hooks

from sites.access import may_read


@hooks.register("before_serve_page")
def foreign_pages_do_not_exist(page, request, serve_args, serve_kwargs):
    """Answer 404 to somebody who is logged in but may not read the page.

    Wagtail would send them to the login, which tells that the page exists and asks for a login they have.
    Anonymous visitors get the login, from Wagtail.
    """
    if request.user.is_authenticated and not may_read(page, request.user):
        raise Http404
