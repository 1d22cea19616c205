"""Who may read a page or open the files of a collection: the choices, and what follows when a page moves."""

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import PageViewRestrictionForm
from wagtail.models import BaseViewRestriction, Page, PageViewRestriction, Revision

from sites.models import Traeger, TraegerRole

# Wagtail says "any logged-in users", which sounds like one's own people. The city administration has accounts
# that read. A shared password is not offered:
# whoever hears it could read, in every Träger.
CHOICES = (
    BaseViewRestriction.RESTRICTION_CHOICES[0],
    (BaseViewRestriction.GROUPS, _("Only our Träger")),
    (BaseViewRestriction.LOGIN, _("Everybody with an account, the city too")),
)

_RESTRICTED_PATHS = """
WITH restricted AS MATERIALIZED (
  SELECT p.path::text FROM wagtailcore_pageviewrestriction r JOIN wagtailcore_page p ON p.id = r.page_id
),
closed AS MATERIALIZED (
  SELECT p.id, p.translation_key, p.locale_id
  FROM restricted r JOIN wagtailcore_page p ON p.path ~>=~ r.path AND p.path ~<~ (r.path || '~')
)
SELECT path FROM restricted
UNION
SELECT f.path FROM closed c JOIN wagtailcore_page f ON f.alias_of_id = c.id
UNION
SELECT f.path FROM closed c JOIN wagtailcore_page f ON f.translation_key = c.translation_key
WHERE f.locale_id <> c.locale_id
  AND c.locale_id = (SELECT id FROM wagtailcore_locale WHERE language_code = %s)
"""


class PagePrivacyForm(PageViewRestrictionForm):
    """Wagtail's form; groups count only for the choice that shows them."""

    def clean_groups(self):
        groups = super().clean_groups()
        chosen = self.cleaned_data.get("restriction_type") == BaseViewRestriction.GROUPS
        return groups if chosen else groups.none()


def keep_restrictions(page, copy, user) -> None:
    """Restrict `copy` and the pages below it as `page` and the pages below that are, in the name of `user`.

    Wagtail copies no restriction to where one holds already. That one may let far more people read.
    """
    made = PageViewRestriction.objects.filter(page__path__startswith=page.path).prefetch_related("groups")
    restrictions = {each.page_id: each for each in made}
    if not restrictions:
        return
    # Wagtail copies the children of a page one after the other: both sides have the same order.
    sources, copies = (
        Page.objects.filter(path__startswith=top.path).order_by("path").values_list("pk", flat=True)
        for top in (page, copy)
    )
    pairs = zip(sources, copies, strict=False)
    copied = {new: restrictions[pk] for pk, new in pairs if pk in restrictions}
    kept = PageViewRestriction.objects.filter(page__in=copied).values_list("page_id", flat=True)
    for pk in copied.keys() - set(kept):
        again = PageViewRestriction(page_id=pk, restriction_type=copied[pk].restriction_type)
        again.save(user=user)
        again.groups.set(copied[pk].groups.all())


def keep_closed(source_id: int, follower_id: int | None = None) -> None:
    """Restrict what is an alias or a translation of a page as that page is, before it is one no longer.

    `follower_id`: only this one; otherwise all that follow the page. The database looks at all of them, also
    at those that the person who asks doesn't see.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_keep_closed(%s, %s)", [source_id, follower_id])


def restricted_paths() -> list[str]:
    """Return the paths below which pages are not public: of restricted pages, and of what follows these.

    Wagtail's marks in the editing area know the restrictions of a page and of those above it only.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RESTRICTED_PATHS, [settings.LANGUAGE_CODE])
        return [path for (path,) in cursor.fetchall()]


def forget_history(copy) -> None:
    """Leave `copy` and the pages below their newest revision: Wagtail copies all that were ever saved.

    Between Träger only what is there now goes over, not what was taken out of it long ago.
    """
    pages = Page.objects.filter(path__startswith=copy.path).values_list(
        "pk", "latest_revision", "live_revision"
    )
    copies, *kept = zip(*pages, strict=True)
    Revision.page_revisions.filter(object_id__in=map(str, copies)).exclude(
        pk__in={pk for column in kept for pk in column if pk}
    ).delete()


def hand_over_restrictions(page, before) -> None:
    """Let restrictions on `page` and below name the roles of its Träger where they named those of `before`.

    `before`: the Träger from which the page was moved or copied. Otherwise its people would read on.
    """
    traeger = Traeger.objects.for_page(page)
    if not traeger or not before or traeger == before:
        return
    now = dict(traeger.roles.values_list("role", "group"))
    restrictions = PageViewRestriction.objects.filter(
        page__path__startswith=page.path, groups__traeger_role__traeger=before
    )
    for restriction in restrictions.distinct():
        old = TraegerRole.objects.filter(traeger=before, group__in=restriction.groups.all())
        roles = dict(old.values_list("role", "group"))
        restriction.groups.add(*(now[role] for role in roles if role in now))
        restriction.groups.remove(*roles.values())
