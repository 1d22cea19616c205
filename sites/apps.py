from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    label = "thinka_sites"
    verbose_name = _("Träger and people")

    def ready(self):
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from sites import checks, leaving, privacy, receivers, wagtail_patches  # noqa: F401 - three register
        from sites.accounts import idle, log, notices  # noqa: F401 - they hear of accounts and sign-ins
        from sites.jobs import hooks as job_hooks
        from sites.media.receivers import follow_moved_collections
        from sites.models import PortalDocument, PortalImage, Traeger
        from sites.policies.media import DocumentPermissionPolicy, ImagePermissionPolicy
        from sites.policies.pages import GrantPagePermissionPolicy
        from sites.policies.traeger import TraegerPolicy
        from sites.wall.connect import connect

        wagtail_patches.apply()
        connect(self)
        privacy.register()
        follow_moved_collections()
        job_hooks.register()

        register_permission_policy(Traeger, TraegerPolicy(Traeger))
        # Wagtail asks the registry for AbstractPage; the models must be loaded, hence here.
        register_permission_policy(AbstractPage, GrantPagePermissionPolicy())
        # Exactly these classes: Wagtail's own apps are ready later and register their policies for them too.
        register_permission_policy(PortalDocument, DocumentPermissionPolicy(), exact_class=True)
        register_permission_policy(PortalImage, ImagePermissionPolicy(), exact_class=True)
