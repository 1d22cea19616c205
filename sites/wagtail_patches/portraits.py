"""Profile pictures in the editing area keep the rules for pictures.

Wagtail checks nothing and keeps place, time and device of the photograph, and its way of making it small
fails where little is left of the shorter side. Wagtail 8.0; not reported: it has no setting for the form.
"""

from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.users.models import UserProfile

from sites.media.portraits import PortraitFile, PortraitForm

PATCHED = {
    "wagtail.admin.views.account:AvatarSettingsPanel": "76fed8e1ce37",
    "wagtail.admin.forms.account:AvatarPreferencesForm": "1f3cd3a6695d",
}


def apply() -> None:
    AvatarSettingsPanel.form_class = PortraitForm
    UserProfile._meta.get_field("avatar").attr_class = PortraitFile
