"""Ties RLS to Django and Wagtail, once, when the models are loaded."""

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core.signals import request_finished, request_started
from django.db.models.signals import post_migrate, pre_migrate

from sites.rls import identity, lookups
from sites.rls.install import install, uninstall

UID = "thinka_sites.rls"


def connect(app) -> None:
    """Make RLS with the signals of `app` around migrations; these come once per app."""
    lookups.register()
    pre_migrate.connect(uninstall, sender=app, dispatch_uid=UID)
    post_migrate.connect(install, sender=app, dispatch_uid=UID)
    # Before, in case a request ended without its signal; afterwards, also behind streamed answers.
    request_started.connect(identity.clear_identity, dispatch_uid=UID)
    request_finished.connect(identity.clear_identity, dispatch_uid=UID)
    user_logged_in.connect(identity.logged_in, dispatch_uid=UID)
    user_logged_out.connect(identity.logged_out, dispatch_uid=UID)
