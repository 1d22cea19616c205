"""Panels of the page editor."""

from wagtail.admin.panels import HelpPanel


class NoClientDataPanel(HelpPanel):
    """Reminds editors that no client data belongs here (Sozialdatenschutz)."""

    def __init__(self, template="home/admin/no_client_data.html", **kwargs):
        super().__init__(template=template, **kwargs)
