"""What a browser must not do on a page of the portal."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page

# The browser writes this into the console, also where scripts are switched off and for pages in frames.
POLICIES = ("Content Security Policy", "Permissions-Policy", "Permissions policy violation")


def policy_violation(message: ConsoleMessage) -> list[str]:
    """Return what the browser refused because of a policy of the page: nothing, or one line."""
    if not any(policy in message.text for policy in POLICIES):
        return []
    place = message.location
    return [f"{message.page and message.page.url}, {place['url']}:{place['lineNumber']}: {message.text}"]


class Watch:
    """Notes the errors in the console, the requests and the answers of a window from now on."""

    def __init__(self, window: Page, expect_status: int = 200):
        self.window = window
        self.expect_status = expect_status
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.failed: list[str] = []
        window.on("console", self._console)
        window.on("pageerror", lambda error: self.errors.append(str(error)))
        window.on("request", lambda request: self._request(request.url))
        window.on("response", self._response)

    def _console(self, message) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(parts.hostname)

    def _response(self, response) -> None:
        if response.status >= 400:
            self.failed.append(f"{response.status} {response.url}")

    def check(self) -> None:
        """Raise AssertionError for what was noted."""
        own = urlsplit(self.window.url).hostname
        assert self.hosts == {own}, f"Requests to other hosts: {self.hosts - {own}}"
        if self.expect_status == 200:
            assert not self.failed
            assert not self.errors
        else:
            # The browser itself reports the page's own status as an error.
            assert len(self.failed) == 1
            assert all("Failed to load resource" in error for error in self.errors)
