from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap

from home.lifecycle.notice_views import NoticeLeftView, NoticeView
from home.lifecycle.views import VerifyView
from home.routing import serve_page
from home.sitemap import ReadablePages
from home.views import PortalLogoutView, branding_css
from knowledge.start.views import staff_start
from search.asked.counting import clicked
from search.saved.feed import feed
from search.saved.views import forget, save
from search.views import search, suggest
from sites.accounts.views import PortalLoginView
from sites.media.views import serve_document, serve_private
from sites.team.joining import InvitationView
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
    path("einladung/<uuid:pk>/<slug:token>/", InvitationView.as_view(), name="invitation"),
    path("suche/geoeffnet/", clicked, name="search_clicked"),
    path("geprueft/<int:page_id>/", VerifyView.as_view(), name="verify_page"),
    path("mein-start/", staff_start, name="staff_start"),
    path("darstellung/", set_theme, name="set_theme"),
    re_path(r"^farben-(?P<accent>[0-9a-f]{6})\.css$", branding_css, name="branding_css"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": ReadablePages}}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]

if settings.PORTAL_DEMO:
    # In production the web server delivers the public folder.
    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += i18n_patterns(
    path("wegweiser/", include("knowledge.wegweiser.urls")),
    path("suche/", search, name="search"),
    path("suche/vorschlaege/", suggest, name="search_suggestions"),
    path("suche/feed/", feed, name="search_feed"),
    path("suche/merken/", save, name="save_search"),
    path("suche/gemerkt/<int:search_id>/loeschen/", forget, name="forget_search"),
    path("stimmt-nicht/<int:page_id>/", NoticeView.as_view(), name="notice"),
    path("stimmt-nicht/<int:page_id>/danke/", NoticeLeftView.as_view(), name="notice_left"),
    re_path(r"^((?:[\w\-]+/)*)$", serve_page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
