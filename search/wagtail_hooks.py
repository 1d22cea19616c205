from wagtail import hooks

from search.asked.missing import MissingContentPanel
from search.viewsets import SearchGroup


@hooks.register("register_admin_viewset")
def register_search():
    return SearchGroup()


@hooks.register("construct_homepage_panels")
def add_missing_content(request, panels):
    panels.append(MissingContentPanel())
