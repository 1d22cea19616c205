"""Asks the portal while its database is away."""

from unittest.mock import patch

from django.db import OperationalError
from django.db.backends.utils import CursorWrapper


def answer_without_database(client):
    """Return what the start page answers `client` while every statement fails."""

    def no_database(*args, **kwargs):
        raise OperationalError("the server is down")

    client.raise_request_exception = False
    with patch.object(CursorWrapper, "execute", no_database):
        return client.get("/")
