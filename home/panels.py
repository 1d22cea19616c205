"""Panels of the page editor."""

from django import forms
from wagtail.admin.panels import HelpPanel, InlinePanel, Panel

from home import facts


class NoClientDataPanel(HelpPanel):
    """Reminds editors that no client data belongs here (Sozialdatenschutz)."""

    def __init__(self, template="home/admin/no_client_data.html", **kwargs):
        super().__init__(template=template, **kwargs)


class FactsPanel(HelpPanel):
    """Says in other languages where the facts of the page are changed: the form does not offer them there."""

    def __init__(self, template="home/admin/facts.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.source = facts.source_of(self.instance) if self.instance.pk else None

        def is_shown(self):
            return self.source is not None and super().is_shown()


class ClosuresPanel(HelpPanel):
    """Leads to the closures of an office that hold at once, where they are announced and taken back."""

    def __init__(self, template="home/admin/closures_link.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and facts.is_source(self.instance) and super().is_shown()


class FactRowsPanel(InlinePanel):
    """Rows that are the same in all languages: offered only where they are changed."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs):
            form = kwargs["form"]
            self.is_offered = form is None or kwargs["panel"].relation_name in form.formsets
            if self.is_offered:
                super().__init__(**kwargs)
            else:
                Panel.BoundPanel.__init__(self, **kwargs)

        def is_shown(self):
            return self.is_offered and super().is_shown()


class PictureAltInput(forms.TextInput):
    """The text alternative of the picture chosen in the field `picture`, which suggests its own."""

    def __init__(self):
        super().__init__({"data-portal-describes": "id_picture"})

    class Media:
        js = ("admin/text-alternative.js",)
