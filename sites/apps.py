from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    name = "sites"
    label = "thinka_sites"
    verbose_name = _("Träger and people")

    def ready(self):
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        import sites.access.receivers
        import sites.accounts.deletion
        import sites.accounts.idle
        import sites.accounts.log
        import sites.accounts.notices
        import sites.checks
        import sites.jobs.immediate
        import sites.media.receivers  # noqa: F401 - all of these register themselves
        from sites import wagtail_patches
        from sites.access.media_policy import DocumentPermissionPolicy, ImagePermissionPolicy
        from sites.access.page_policy import GrantPagePermissionPolicy
        from sites.access.traeger_policy import TraegerPolicy
        from sites.jobs import hooks as job_hooks
        from sites.models import PortalDocument, PortalImage, Traeger
        from sites.rls.connect import connect

        wagtail_patches.apply()
        connect(self)
        job_hooks.register()

        register_permission_policy(Traeger, TraegerPolicy(Traeger))
        # Wagtail asks the registry for AbstractPage; the models must be loaded, hence here.
        register_permission_policy(AbstractPage, GrantPagePermissionPolicy())
        # Exactly these classes: Wagtail's own apps are ready later and register their policies for them too.
        register_permission_policy(PortalDocument, DocumentPermissionPolicy(), exact_class=True)
        register_permission_policy(PortalImage, ImagePermissionPolicy(), exact_class=True)
