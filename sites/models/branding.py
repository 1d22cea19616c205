"""How a Träger's site looks and what stands in its footer."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from sites.fields.accent import AccentField
from sites.fields.phone import PhoneField
from sites.models.media import PortalImage
from sites.models.traeger import Traeger

DEFAULT_ACCENT = "#0b6570"


# The name would else come from the label, in the language of whoever opens the menu first.
@register_setting(icon="site", name="look-and-footer")
class Branding(BaseSiteSetting):
    """One row per site; changed by the Leitung."""

    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
    tagline = models.CharField(_("line below the name"), max_length=80, blank=True)
    logo = models.ForeignKey(
        "thinka_sites.PortalImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square, at least 200 pixels wide, transparent background."),
    )
    accent_color = AccentField(
        _("colour"),
        max_length=7,
        default=DEFAULT_ACCENT,
        help_text=_("For buttons and links, as #rrggbb. Colours that are hard to read are refused."),
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(
        _("postcode"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"^\d{5}$", _("A postcode has five digits."))],
    )
    city = models.CharField(_("city"), max_length=80, blank=True)
    phone = PhoneField(_("telephone"))
    answered_by = models.CharField(
        _("who answers the telephone"),
        max_length=120,
        blank=True,
        help_text=_(
            "Where it is not your own organisation. The number of the portal's own site also stands on "
            "sites without one."
        ),
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    funding_notice = models.TextField(
        _("funding notice"), blank=True, help_text=_("Stands at the bottom of every page.")
    )
    imprint_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("imprint"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy policy"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("organisation"),
                FieldPanel("tagline"),
                FieldPanel("logo"),
                FieldPanel("accent_color"),
            ],
            heading=_("Look"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldPanel("postcode"),
                FieldPanel("city"),
                FieldPanel("phone"),
                FieldPanel("answered_by"),
                FieldPanel("email"),
            ],
            heading=_("Address in the footer"),
        ),
        FieldPanel("funding_notice"),
        MultiFieldPanel(
            [
                PageChooserPanel("imprint_page"),
                PageChooserPanel("privacy_page"),
                PageChooserPanel("accessibility_page"),
            ],
            heading=_("Legal pages"),
        ),
    ]

    class Meta:
        verbose_name = _("look and footer")
        verbose_name_plural = _("look and footer")

    def __str__(self):
        return str(self._meta.verbose_name)

    @property
    def legal_page_ids(self) -> list[int]:
        """The ids of the legal pages that are set, in the order of the footer."""
        return [pk for pk in (self.imprint_page_id, self.privacy_page_id, self.accessibility_page_id) if pk]

    def clean(self):
        """Refuse a logo and legal pages of others: this site would show them to everybody."""
        super().clean()
        if self.logo_id and not self._owns_logo():
            raise ValidationError({"logo": _("Choose a picture from your own files.")})
        folder_path = self.site.root_page.get_parent().path
        for name in ("imprint_page", "privacy_page", "accessibility_page"):
            page = getattr(self, name)
            if page and not page.path.startswith(folder_path):
                raise ValidationError({name: _("Choose a page of your own site.")})

    def _owns_logo(self) -> bool:
        """Tell whether the logo is a file of the Träger whose site this is; not where RLS hides it."""
        picture = PortalImage.objects.filter(pk=self.logo_id).first()
        traeger = picture and Traeger.objects.for_collection(picture.collection_id)
        return bool(traeger) and traeger.site_id == self.site_id
