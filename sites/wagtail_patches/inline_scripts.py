"""No scripts written into the pages of the editing area.

Wagtail starts its date pickers, choosers and inline panels by `<script>` elements without a file, next to
each field. A content security policy that is worth something refuses them. Here each becomes a `<template>`
that names what is to be started and with what; `static/admin/start.js` starts it. Choosers write theirs in
code, see below; the templates of the others are replaced in `templates/` and `sites/templates/`. The tests
notice when upstream brings another such script. Wagtail 8.0; not reported yet.
"""

import json

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import chooser, workflows

PATCHED = {
    "wagtail.admin.widgets.chooser:BaseChooser.render": "b46a0fb559c8",
    "wagtail.admin.widgets.chooser:BaseChooser.render_js_init": "98a285f47721",
    "wagtail.admin.widgets.workflows:AdminTaskChooser": "9c8d814838f3",
}


def starting(name: str, *values) -> SafeString:
    """Return markup that makes start.js call the function, or make an object of the class, `name`.

    `values`: its arguments, as far as JSON knows them.
    """
    return format_html(
        '<template data-portal-start="{}" data-portal-arguments="{}"></template>', name, json.dumps(values)
    )


def _render_chooser(self, name, value, attrs=None, renderer=None):
    """Return the chooser as the method that this one replaces does; the widget needs an id, too."""
    id_ = (attrs or {}).get("id")
    if not id_:
        raise TypeError("BaseChooser cannot be rendered without an 'id' attribute")
    value_data = self.get_value_data(value)
    return self.render_html(name, value_data, attrs) + self.render_start(id_, name, value_data)


def _start_chooser(self, id_, name, value_data):
    return starting(self.js_constructor, id_, self.get_js_init_options(id_, name, value_data))


def _start_task_chooser(self, id_, name, value_data):
    return starting("createTaskChooser", id_)


def apply() -> None:
    chooser.BaseChooser.render = _render_chooser
    chooser.BaseChooser.render_start = _start_chooser
    workflows.AdminTaskChooser.render_start = _start_task_chooser
