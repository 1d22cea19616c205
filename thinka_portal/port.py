"""The port to serve on: `python -m thinka_portal.port --port PORT` says what is wrong with it.

Standard library and old syntax only: the system's Python runs it before anything is installed.
"""

import argparse
import socket
import sys

ADDRESS = "127.0.0.1"
DEFAULT_PORT = 8000


class StartError(Exception):
    """The portal can't start; the message says what to do."""


def parse_port(arguments):
    """Return the port from the command line. Raises `StartError` when it is none."""
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--port", default=str(DEFAULT_PORT))
    text = parser.parse_args(arguments).port.strip()
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise StartError(f"PORT must be a number from 1 to 65535, not {text!r}. Try: make run PORT=8123")
    return int(text)


def require_free_port(port):
    """Raise `StartError` with a hint when `port` can't be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except PermissionError:
            raise StartError(f"Port {port} needs root's rights. Take another: make run PORT=8123") from None
        except OSError:
            raise StartError(
                f"Port {port} is in use by another program, perhaps by a portal that still runs.\n"
                f"Stop that, or take another port: make run PORT={8123 if port != 8123 else 8124}"
            ) from None


if __name__ == "__main__":
    try:
        require_free_port(parse_port(sys.argv[1:]))
    except StartError as error:
        sys.exit(str(error))
