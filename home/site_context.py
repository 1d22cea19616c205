"""What stands around the content of every page: name, menu, languages, footer. Few queries, all here."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.models import Page, Site

from home.site_pages import start_pages, top_pages, top_translations
from sites.access.readers import may_read, readable_by, with_readers
from sites.admin.host import ADMIN_PREFIX, admin_url
from sites.models import Branding


@dataclass(frozen=True)
class Link:
    """A link of the menu, the breadcrumbs or the footer."""

    title: str
    url: str
    active: bool = False


@dataclass(frozen=True)
class Language:
    """A language in which this page (or else the start page) exists."""

    code: str
    name: str
    url: str
    active: bool


@dataclass
class SiteContext:
    """Everything that base.html needs, for one request; computed when the template asks for it."""

    request: object
    site: Site
    page: Page | None = None
    search_url: str = field(default_factory=lambda: reverse("search"))
    login_url: str = field(default_factory=lambda: reverse("login"))

    @property
    def user(self):
        return self.request.user

    @cached_property
    def _brandings(self) -> dict[bool, Branding]:
        """The site's own branding (key True) and that of the portal's own site (False), with logos."""
        both = Branding.objects.filter(Q(site=self.site) | Q(site__is_default_site=True))
        return {each.site_id == self.site.pk: each for each in both.select_related("logo")}

    @cached_property
    def branding(self) -> Branding:
        """The site's branding; an unsaved default where the site has none."""
        return self._brandings.get(True) or Branding(site=self.site)

    @property
    def contact(self) -> Branding:
        """The branding whose telephone number stands on every page: the own one, else that of the portal."""
        portal = self._brandings.get(False)
        return portal if portal and portal.phone and not self.branding.phone else self.branding

    @property
    def contact_name(self) -> str:
        """Who answers there; empty where it is the organisation of this site."""
        contact = self.contact
        return contact.answered_by or ("" if contact is self.branding else contact.organisation)

    @cached_property
    def edit_url(self) -> str:
        """Where the person may change the page that is shown; empty where they may not, and in a preview."""
        if not self.page or getattr(self.request, "is_preview", False):
            return ""
        if not self.user.has_perm("wagtailadmin.access_admin"):
            return ""
        may = self.page.permissions_for_user(self.user).can_edit()
        return admin_url("wagtailadmin_pages:edit", self.page.pk) if may else ""

    @property
    def site_name(self) -> str:
        return self.branding.organisation or self.site.site_name

    @property
    def tagline(self) -> str:
        return self.branding.tagline

    @property
    def logo(self):
        return self.branding.logo

    @property
    def branding_css_url(self) -> str:
        return reverse("branding_css", args=[self.branding.accent_color.lstrip("#").lower()])

    @cached_property
    def _homes(self) -> list[Page]:
        """The start pages of the site in all languages that it has, by the order of the settings."""
        order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
        return sorted(start_pages(self.request), key=lambda page: order.index(page.locale.language_code))

    @cached_property
    def home(self) -> Page:
        """The start page in the language of this page."""
        if self.page:
            for home in self._homes:
                if self.page.path.startswith(home.path):
                    return home
        code = getattr(self.request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        return next((home for home in self._homes if home.locale.language_code == code), self.site.root_page)

    def _url(self, page) -> str:
        return page.get_url(self.request) or ""

    @property
    def home_url(self) -> str:
        return self._url(self.home)

    @cached_property
    def _top(self) -> list[Page]:
        """The children of the start page that the reader may see: menu and legal pages in one query."""
        return top_pages(self.home, self.request)

    @cached_property
    def menu(self) -> list[Link]:
        path = self.page.path if self.page else ""
        return [
            Link(child.title, self._url(child), active=path.startswith(child.path))
            for child in self._top
            if child.show_in_menus
        ]

    def _legal_pages(self, branding: Branding | None) -> list[Page]:
        """The legal pages that `branding` names and the reader may see, in the order of the footer."""
        ids = branding.legal_page_ids if branding else []
        found = {page.pk: page for page in self._top if page.pk in ids}
        if missing := set(ids) - set(found):
            found |= {
                page.pk: page for page in readable_by(Page.objects.live(), self.user).filter(pk__in=missing)
            }
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def legal(self) -> list[Link]:
        """The legal pages; in another language their translations, or the German ones without any.

        An imprint must be open: where the own one is not, as on the knowledge base, the portal's stands in.
        """
        pages = self._legal_pages(self.branding) or self._legal_pages(self._brandings.get(False))
        translated = {page.translation_key: page for page in self._top}
        shown = [translated.get(page.translation_key, page) for page in pages]
        return [Link(page.title, self._url(page)) for page in shown]

    @cached_property
    def breadcrumbs(self) -> list[Link]:
        """From the start page to the page above this one; empty on the start page."""
        if not self.page or self.page.pk == self.home.pk:
            return []
        # A preview has no route.
        ancestors = getattr(self.request, "page_trail", None)
        if ancestors is None:
            ancestors = self.page.get_ancestors().filter(depth__gte=self.home.depth)
            ancestors = with_readers(ancestors)
        # A grant deep down leads through pages that stay hidden.
        return [
            Link(ancestor.title, self._url(ancestor))
            for ancestor in ancestors
            if may_read(ancestor, self.user)
        ]

    def _translations(self):
        if self.page.depth == self.home.depth + 1:
            return top_translations(self.page, self.request)
        return readable_by(self.page.get_translations(inclusive=True).live(), self.user)

    @cached_property
    def languages(self) -> list[Language]:
        """The languages of the site; the link leads to this page's translation, else to the start page."""
        if len(self._homes) < 2:
            return []
        targets = {home.locale_id: home for home in self._homes}
        if self.page and self.page.pk != self.home.pk:
            targets |= {page.locale_id: page for page in self._translations()}
        names = {
            code: settings.LANGUAGE_NAMES.get(code, code)
            for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES
        }
        return [
            Language(
                home.locale.language_code,
                names[home.locale.language_code],
                self._url(targets[home.locale_id]),
                active=home.pk == self.home.pk,
            )
            for home in self._homes
        ]


def site_context(request) -> dict:
    """Context processor: `site_context` for the templates of sites; empty in the editing area."""
    if request.path_info.startswith(ADMIN_PREFIX):
        return {}
    site = Site.find_for_request(request)
    if site is None:
        return {}
    page = getattr(request, "routed_page", None)
    return {"site_context": SiteContext(request, site, page)}
