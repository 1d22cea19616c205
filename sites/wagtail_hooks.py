"""Wagtail looks for hooks under this name; those of the portal are in `sites.admin.hooks`."""

from sites.admin import hooks  # noqa: F401 - registers itself
