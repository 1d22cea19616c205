from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from home.routing import serve_page
from home.sitemap import ReadablePages
from home.views import PortalLogoutView, branding_css
from search.views import search
from sites.accounts.views import PortalLoginView
from sites.media.views import serve_document, serve_private
from thinka_portal.robots import robots
from thinka_portal.views import set_theme

handler500 = "thinka_portal.views.server_error"

urlpatterns = [
    path("admin/", include("sites.admin.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("dokumente/<int:document_id>/<str:filename>", serve_document, name="wagtaildocs_serve"),
    path("interne-dateien/<path:name>", serve_private, name="private_file"),
    path("anmelden/", PortalLoginView.as_view(), name="login"),
    path("abmelden/", PortalLogoutView.as_view(), name="logout"),
    path("darstellung/", set_theme, name="set_theme"),
    re_path(r"^farben-(?P<accent>[0-9a-f]{6})\.css$", branding_css, name="branding_css"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": ReadablePages}}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]

if settings.PORTAL_DEMO:
    # In production the web server delivers the public folder.
    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += i18n_patterns(
    path("suche/", search, name="search"),
    re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
