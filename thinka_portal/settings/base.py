"""Settings that hold in every environment. What an installation changes is an environment variable."""

import os
from pathlib import Path

from django.conf import locale as django_locale
from django.utils.translation import gettext_lazy as _

from thinka_portal.database import database_settings, web_role

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("PORTAL_VAR", BASE_DIR / "var"))

# The name under which the sites are reached: <domain> is the portal, <slug>.<domain> a Träger.
PORTAL_DOMAIN = os.environ.get("PORTAL_DOMAIN", "localhost")
PORTAL_PORT = int(os.environ.get("PORTAL_PORT", "8000"))
# A portal to try out: the demo can be loaded, its accounts (with their published password) let people in,
# and the public folder needs no web server of its own.
PORTAL_DEMO = False

INSTALLED_APPS = [
    "thinka_portal",
    "search",
    "knowledge",
    "home",
    "sites",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "sites.accounts.users_app.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.documents",
    "wagtail.images",
    # "wagtail.search" without an index of its own.
    "search.wagtail_search.WithoutIndexConfig",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "guardian",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "thinka_portal.headers.SecurityHeadersMiddleware",
    "thinka_portal.availability.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "thinka_portal.availability.middleware.GateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "thinka_portal.zero_bytes.ZeroByteMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sites.rls.middleware.IdentityMiddleware",
    "sites.accounts.idle.RenewSession",
    "sites.accounts.device.ForgetOnDevice",
    "sites.admin.host.AdminHostMiddleware",
    "sites.admin.session.SignedOutMiddleware",
    "sites.admin.middleware.ScopeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.redirects.PortalRedirectMiddleware",
]
# Also find by meaning and in other languages, with a sentence model in this process (search/meaning).
SEARCH_SEMANTIC = os.environ.get("SEARCH_SEMANTIC", "on") != "off"
# The engine instead of PostgreSQL: address and password, who vouches for it, its index (search/engine).
SEARCH_URL = os.environ.get("SEARCH_URL", "")
SEARCH_CA_FILE = os.environ.get("SEARCH_CA_FILE", "")
SEARCH_INDEX = os.environ.get("SEARCH_INDEX", "portal")

ROOT_URLCONF = "thinka_portal.urls"
WSGI_APPLICATION = "thinka_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.site_context.site_context",
            ],
        },
    },
]

# A web process is bound by RLS; commands and the worker own the tables.
PORTAL_WEB_PROCESS = os.environ.get("PORTAL_PROCESS") == "web"
DATABASES = {"default": database_settings(BASE_DIR, web=PORTAL_WEB_PROCESS)}
PORTAL_WEB_ROLE = web_role()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People

AUTH_USER_MODEL = "thinka_sites.User"
AUTHENTICATION_BACKENDS = [
    "sites.accounts.backend.PortalBackend",
    "sites.grants.backend.GrantBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "sites.accounts.validators.HardToGuess"},
]
# How many web servers stand between the browsers and the portal, for the addresses in the log and for slowing
# down whoever guesses passwords: so many entries at the end of X-Forwarded-For are believed.
PORTAL_TRUSTED_PROXIES = 0
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
# Where those land who have nothing to do in the editing area. `sites` knows no page, so it is told the name.
PORTAL_STAFF_START = "staff_start"
WAGTAIL_FRONTEND_LOGIN_URL = "/anmelden/"
WAGTAILADMIN_USER_LOGIN_FORM = "sites.admin.forms.AdminLoginForm"

# guardian would otherwise create a row "AnonymousUser" that shows up among the people.
ANONYMOUS_USER_NAME = None
# It wants its own backend, which would let people in whose grants have ended.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
# One content type for the whole page tree, so that a permission on a page is found for each page type.
GUARDIAN_GET_CONTENT_TYPE = "sites.grants.content_type.permission_content_type"

# Languages

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
# All offices are there. With a choice, people would enter dates by another clock than the one that visitors
# read; and the system's list has names that browsers refuse.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
USE_TZ = True
# The second corrects what other packages say in German; it holds none of our own texts.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/upstream"]
WAGTAIL_I18N_ENABLED = True

# Leichte Sprache is a language of its own here; Django does not know it.
django_locale.LANG_INFO.setdefault(
    "de-simple", {"bidi": False, "code": "de-simple", "name": "Easy German", "name_local": "Leichte Sprache"}
)
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("de", _("German")),
    ("en", _("English")),
    ("uk", _("Ukrainian")),
    ("ar", _("Arabic")),
    ("de-simple", _("Easy German (Leichte Sprache)")),
]
# A translation is published when it is translated, not when it is begun.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", "Deutsch"), ("en", "English")]

# To the standard error output, which whatever runs the portal keeps. Django alone would print nothing where
# DEBUG is off. What was not found stands in the log of the web server.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # While the database is away, one line a minute says so, and not one for each request.
    "filters": {"not_unavailable": {"()": "thinka_portal.logs.NotUnavailable"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "WARNING", "handlers": []},
        "django.request": {"level": "ERROR", "filters": ["not_unavailable"]},
        "django.server": {"filters": ["not_unavailable"]},
        # It says each time that the database can't be reached; see thinka_portal.availability.
        "psycopg.pool": {"level": "ERROR"},
        # Who signs in, and which mails don't go.
        "thinka": {"level": "INFO"},
    },
}

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# var/frontend is made by `python -m thinka_portal.frontend` from the npm packages and static/css.
STATICFILES_DIRS = [BASE_DIR / "static", VAR_DIR / "frontend"]
# Sizes and cuts of public pictures, for the web server to deliver. Everything else that was uploaded lies in
# the private folder and is handed out after a check.
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
# Who sends files after the check: "nginx", "apache", or empty for the portal itself.
PORTAL_SENDFILE = os.environ.get("PORTAL_SENDFILE", "")
# The group is that of the web server, which sends files; nobody else on the machine reads them.
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o750
STORAGES = {
    "default": {"BACKEND": "sites.media.storage.PortalStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A page with many blocks and opening hours has more form fields than Django's default allows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Wagtail

WAGTAIL_SITE_NAME = "ThINKA-Portal"
# Scheme and host of the editing area where it has a host of its own; empty: it answers on each site.
PORTAL_ADMIN_ORIGIN = ""
WAGTAILADMIN_BASE_URL = f"http://{PORTAL_DOMAIN}:{PORTAL_PORT}"
WAGTAILIMAGES_IMAGE_MODEL = "thinka_sites.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "sites.media.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "thinka_sites.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "sites.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"),
    *("mp3", "mp4", "oga", "ogg", "vtt", "wav", "webm"),
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = True
# As people here write dates; anything else they type, the date fields replace by today without a word.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
FORMAT_MODULE_PATH = "thinka_portal.formats"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        # h2 and h3 only: the page title is the h1. No embeds: nothing is loaded from third parties.
        "OPTIONS": {"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]},
    },
}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backend"}}
TASKS = {
    # Wagtail's own, within the request.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # Ours: the background service runs them as the owner of the database, see sites/jobs/queue.py.
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# Operations on more pages than this are performed by the background service: nobody waits for longer than two
# seconds without seeing how far it is.
PORTAL_JOB_PAGES = 200

# Security

SECRET_KEY = os.environ.get("SECRET_KEY", "")
SESSION_ENGINE = "sites.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
# A working day without use, see sites/accounts/idle.py; in seconds.
SESSION_COOKIE_AGE = 10 * 60 * 60
PORTAL_SESSION_RENEWAL = 30 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# Mail

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", f"portal@{PORTAL_DOMAIN}")
# Whatever sends a mail stores it; the background service hands it to the mail server, in the way that each
# environment sets with `mail_settings`.
EMAIL_BACKEND = "sites.mail.backend.QueueBackend"
# How long a mail server may keep the background service waiting, in seconds.
EMAIL_TIMEOUT = 10

# A new Träger's first pages: `sites` knows no page type, so it is told who makes them.
TRAEGER_HOME_BUILDER = "home.starter.build_home"
TRAEGER_PAGES_BUILDERS = ["home.starter.build_pages", "knowledge.starter.build_pages"]
# And what the roles of the knowledge base may do with the vocabulary that all share.
TRAEGER_EXTRA_PERMISSIONS = ["home.policies.EXTRA_PERMISSIONS", "search.policies.EXTRA_PERMISSIONS"]

# Restrictions by a shared password would be readable by whoever hears it, in every Träger.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}

# How the languages call themselves, for the language switcher.
LANGUAGE_NAMES = {
    "de": "Deutsch",
    "en": "English",
    "uk": "Українська",
    "ar": "العربية",
    "de-simple": "Leichte Sprache",
}
