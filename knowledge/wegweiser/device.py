"""What the page of the Wegweiser tells its scripts, so that they keep on the phone what a person may read."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise

from knowledge.wegweiser.words import words
from sites.accounts import device

# In the order in which they need each other.
SCRIPTS = [f"js/wegweiser/{name}.js" for name in ("hours", "words", "matching", "store", "cards", "offline")]
# What the page shows beside its style sheets: icons, and the letters of German and of the names of languages.
_LETTERS = ("400-latin", "400-latin-ext", "600-latin", "600-latin-ext")
_LOOK = [
    "icons.svg",
    *(f"vendor/fonts/fira-sans-{letters}.woff2" for letters in _LETTERS),
]


def device_settings(per_page: int, wishes: Mapping[str, str | Promise], shell_itself: bool) -> dict[str, Any]:
    """Return addresses, files and words. `shell_itself`: on the page for when there is no network."""
    return {
        "shell_itself": shell_itself,
        "per_page": per_page,
        "scope": reverse("wegweiser"),
        "data": reverse("wegweiser_saved"),
        "shell": reverse("wegweiser_shell"),
        "worker": reverse("wegweiser_worker"),
        "notice": reverse("notice", args=[0]),
        "files": [static(path) for path in _LOOK],
        "cookie": device.COOKIE,
        "longest": device.LONGEST * 1000,
        "wishes": {name: str(label) for name, label in wishes.items()},
        "words": words(),
    }
