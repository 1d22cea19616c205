"""Mail servers on the loopback: one that works, one that refuses, one that says nothing."""

import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from pathlib import Path


class _Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as Python's client speaks."""

    def handle(self) -> None:
        server = self.server.portal
        server.calls += 1
        if server.silent:
            # Until the client has given up.
            self.rfile.read(1)
            return
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            match line.split(" ")[0].upper():
                case "RCPT" if server.refusal:
                    self.say(server.refusal)
                case "DATA":
                    self.say("354 go on")
                    server.received.append(message_from_bytes(self._data()))
                    self.say("250 kept")
                case "QUIT":
                    self.say("221 bye")
                    return
                case _:
                    self.say("250 fine")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    # Clients that break off are the point of some tests.
    handle_error = staticmethod(lambda request, address: None)


class MailServer:
    """What came in: `calls` connections and the mails `received`. `refusal` answers each recipient."""

    def __init__(self, silent: bool = False, refusal: str = ""):
        self.silent, self.refusal = silent, refusal
        self.calls, self.port = 0, 0
        self.received: list[Message] = []


@contextmanager
def mail_server(certificate: Path | None = None, **behaviour) -> Iterator[MailServer]:
    """Run a mail server during the block; with `certificate` (and its key in one file) over TLS."""
    server = MailServer(**behaviour)
    with _Server(("127.0.0.1", 0), _Conversation) as listening:
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            listening.socket = context.wrap_socket(listening.socket, server_side=True)
        listening.portal, server.port = server, listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, args=[0.05], daemon=True)
        thread.start()
        yield server
        listening.shutdown()
        thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificate(folder: Path) -> Path:
    """A certificate for localhost with its key, in one file."""
    path = folder / "mail.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(path), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + (folder / "certificate.pem").read_bytes())
    return path
