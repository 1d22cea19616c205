"""Runs the launcher in a process of its own: `python drive_launcher.py VAR ACTION`. Prints one JSON line.

Actions: `start` starts the server, prints, and ends (the server stays for `probe` and `stop`); `hold` starts,
prints, waits for a line on stdin and releases; `stop` stops.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from thinka_portal import postgres
from thinka_portal.postgres import server


def main(var: str, action: str, *options: str) -> None:
    settings = dict(option.split("=", 1) for option in options)
    locale = settings.get("locale", server.LOCALE)
    server.NEEDED_BYTES = int(settings.get("needed_bytes", server.NEEDED_BYTES))
    try:
        answer = {"euid": os.geteuid()}
        if action == "stop":
            answer["stopped"] = postgres.stop(var)
        else:
            answer["started"] = postgres.ensure_running(var, locale=locale)
        print(json.dumps(answer), flush=True)
        if action == "hold":
            sys.stdin.readline()
            print(json.dumps({"released": postgres.release(var)}), flush=True)
    except postgres.DatabaseError as error:
        print(json.dumps({"error": str(error)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
