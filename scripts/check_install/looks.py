"""What is looked at once the pages have been followed: the site as a browser sees it, files, processes."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

from common import PORTAL, CheckError, git, output_of, require, say, wait_for
from stand_ins import ACCOUNT, ORIGIN, PASSWORD

# Where answers and cookies are kept.
FILES = Path("/run/portal-check-files")
MAIN = "https://portal.example.org"
TRAEGER = "https://beispiel-verein.portal.example.org"
SECRET = b"Nur fuer das Team bestimmt."
# Each of these characters means something to a shell or to systemd.
NASTY = r"""a$b ${c} `d` #e %f "g" \h \\ =i ;j"""


class Answer:
    """What a request was answered with."""

    def __init__(self, status: int, headers: str, body: bytes):
        self.status, self.headers, self.body = status, headers, body
        self.text = body.decode(errors="replace")


def ask(url: str, *options: str, jar: str = "") -> Answer:
    """Ask nginx for `url` as a browser does and check the certificate; `jar` names who keeps cookies."""
    host = url.split("/")[2].split(":")[0]
    command = ["curl", "--silent", "--show-error", "--cacert", "/etc/portal/tls/portal.crt"]
    command += ["--resolve", f"{host}:443:127.0.0.1", "--resolve", f"{host}:80:127.0.0.1"]
    command += ["--dump-header", str(FILES / "headers"), "--output", str(FILES / "body")]
    command += ["--write-out", "%{http_code}"]
    if jar:
        command += ["--cookie", str(FILES / jar), "--cookie-jar", str(FILES / jar)]
    FILES.mkdir(exist_ok=True)
    (FILES / "body").write_bytes(b"")
    status = output_of(*command, *options, url)
    headers = (FILES / "headers").read_text(errors="replace")
    return Answer(int(status), headers, (FILES / "body").read_bytes())


def look_at_site() -> None:
    """The start page, the sign-in, an upload and a private document, all through nginx and TLS."""
    say("\n== The site")
    start = ask(f"{TRAEGER}/")
    require(start.status == 200 and "Beispiel-Verein" in start.text, "a Träger's start page", start.status)
    style = re.search(r'href="(/static/[^"]+\.css)"', start.text)
    require(style and ask(TRAEGER + style[1]).status == 200, "its style sheet")
    plain = ask("http://beispiel-verein.portal.example.org/")
    leads = plain.status == 301 and f"Location: {TRAEGER}/" in plain.headers
    require(leads, "http leads to https", plain.headers)
    jar = "browser"
    sign_in(jar)
    admin = ask(f"{MAIN}/admin/", jar=jar)
    require(admin.status == 200 and "Ada" in admin.text, "the editing area answers", admin.status)
    document = upload(jar)
    (FILES / "document").write_text(json.dumps(document))
    private = document["url"]
    require(private.startswith(f"{TRAEGER}/"), "its address is on the Träger's site", private)
    got = ask(private, jar=jar)
    shown = got.status == 200 and got.body == SECRET
    require(shown, "a private document, for whoever may read it", got.headers)
    require("x-accel" not in got.headers.lower(), "nobody is told where it lies", got.headers)
    require(ask(private).status in (302, 404), "not without a sign-in")
    direct = ask(f"{TRAEGER}/geschuetzt/{document['file']}", jar=jar)
    require(direct.status == 404 and direct.body != SECRET, "not by the internal address", direct.status)
    require(ask(f"{TRAEGER}/media/{document['file']}", jar=jar).status == 404, "not as a public file")


def look_at_health() -> None:
    """Details are for whoever asks on the machine itself; through the web server there is only the state."""
    say("\n== Health")
    here = json.loads(output_of("curl", "--silent", "http://127.0.0.1:8001/_health/ready"))
    require(here["status"] == "ok" and len(here) > 1, "everything works, with details for the machine", here)
    outside = json.loads(ask(f"{MAIN}/_health/ready").text)
    require(outside == {"status": "ok"}, "without them for others", outside)


def token(page: Answer) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    if not found:
        raise CheckError(f"There is no form: {page.status} {page.text[:300]}")
    return found[1]


def sign_in(jar: str) -> Answer:
    page = f"{MAIN}/admin/login/"
    form = {"csrfmiddlewaretoken": token(ask(page, jar=jar)), "username": ACCOUNT, "password": PASSWORD}
    fields = [part for name, value in form.items() for part in ("--data-urlencode", f"{name}={value}")]
    answer = ask(page, *fields, "--referer", page, jar=jar)
    require(answer.status == 302, "the password is accepted", f"{answer.status} {answer.text[-600:]}")
    return answer


def upload(jar: str) -> dict:
    """Upload a document that only the staff of the Träger may read. Returns its id and names."""
    page = f"{MAIN}/admin/documents/add/"
    form = ask(page, jar=jar)
    # Below each Träger's collection lies one with this name.
    own = re.split(r"<option[^>]*>[^<]*Beispiel-Verein", form.text)[-1]
    collection = re.search(r'<option value="(\d+)"[^>]*>[^<]*Intern', own)
    require(collection, "the form for a document offers the Träger's internal collection", own[:800])
    (FILES / "probe.txt").write_bytes(SECRET)
    fields = {"csrfmiddlewaretoken": token(form), "title": "Probe", "collection": collection[1], "tags": ""}
    options = [part for name, value in fields.items() for part in ("--form-string", f"{name}={value}")]
    answer = ask(page, *options, "--form", f"file=@{FILES}/probe.txt", "--referer", page, jar=jar)
    require(answer.status == 302, "a document is uploaded", f"{answer.status} {answer.text[-600:]}")
    code = (
        "import json; from sites.models import PortalDocument as D; d = D.objects.latest('pk');"
        " print(json.dumps({'url': d.url, 'file': d.file.name}))"
    )
    return json.loads(output_of(str(PORTAL / "deploy/manage"), "shell", "--verbosity", "0", "-c", code))


def look_at_files() -> None:
    """What was uploaded is for the portal and for the web server, and for nobody else."""
    say("\n== Files")
    for folder in ("var/private", "var/media"):
        for path in [PORTAL / folder, *(PORTAL / folder).rglob("*")]:
            mode, wanted = path.stat().st_mode & 0o7777, 0o750 if path.is_dir() else 0o640
            if mode != wanted or path.owner() != "portal" or path.group() != "portal":
                raise CheckError(f"{path} is {mode:o} of {path.owner()}:{path.group()}")
    require(any((PORTAL / "var/private/documents").iterdir()), "files 0640 and folders 0750 of portal:portal")
    for name, wanted in {"portal.env": "640 root portal", "owner.env": "600 root root"}.items():
        found = output_of("stat", "-c", "%a %U %G", f"/etc/portal/{name}")
        require(found == wanted, f"/etc/portal/{name} is {wanted}", found)


def variables(pid: str | int) -> dict[str, str]:
    """Return the environment of a process."""
    parts = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(part.split("=", 1) for part in parts if part)


def main_process(unit: str) -> str:
    return output_of("systemctl", "show", "--property=MainPID", "--value", unit)


def look_at_secrets() -> None:
    """The web processes don't know the owner's password and can't read it from the worker."""
    say("\n== Secrets")
    settings = Path("/etc/portal/portal.env")
    with settings.open("a") as file:
        file.write(f"EMAIL_HOST_PASSWORD='{NASTY}'\n")
    subprocess.run(["systemctl", "restart", "portal-web"], check=True)
    web, worker = main_process("portal-web"), main_process("portal-worker")
    require(variables(web)["EMAIL_HOST_PASSWORD"] == NASTY, "systemd reads a quoted value as it stands there")
    code = "import os; print(os.environ['EMAIL_HOST_PASSWORD'])"
    told = output_of(str(PORTAL / "deploy/manage"), "shell", "--verbosity", "0", "-c", code)
    require(told == NASTY, "deploy/manage reads it alike", told)
    password = re.search(r"portal:(\w+)@", Path("/etc/portal/owner.env").read_text())[1]
    processes = [web, *output_of("pgrep", "--parent", web).split()]
    require(len(processes) == 4, "a first process and three for requests", processes)
    for process in processes:
        if password in "".join(variables(process).values()):
            raise CheckError("A web process has the owner's password in its environment.")
    say("ok: no web process has the owner's password in its environment")
    require(password in variables(worker)["DATABASE_URL"], "the worker has it")
    uid, gid = output_of("id", "-u", "portal"), output_of("id", "-g", "portal")
    enter = ["nsenter", "--target", processes[1], "--user", "--mount", "--setuid", uid, "--setgid", gid]
    mine = subprocess.run([*enter, "cat", f"/proc/{processes[1]}/environ"], capture_output=True)
    require(not mine.returncode and b"SECRET_KEY" in mine.stdout, "a web process reads its own", mine.stderr)
    for what in (f"/proc/{worker}/environ", f"/proc/{worker}/maps", "/etc/portal/owner.env"):
        seen = subprocess.run([*enter, "cat", what], capture_output=True)
        require(seen.returncode and not seen.stdout, f"a web process can't read {what}", seen)
    for what in ("/srv/portal/manage.py", "/srv/portal/var/static/x"):
        wrote = subprocess.run([*enter, "touch", what], capture_output=True)
        require(wrote.returncode, f"nor write {what}", wrote)


def look_at_restarts() -> None:
    """What is killed comes back by itself."""
    say("\n== Restarts")
    for unit in ("portal-web", "portal-worker"):
        before = main_process(unit)
        os.kill(int(before), signal.SIGKILL)
        wait_for(f"A new {unit}", lambda unit=unit, before=before: main_process(unit) not in ("0", before))
    wait_for("The site", lambda: ask(f"{TRAEGER}/").status == 200)
    say("ok: killed, both services come back and the site answers")
    subprocess.run(["systemctl", "start", "portal-command@purge_renditions"], check=True)
    say("ok: a command runs as a service")


def look_at_restored() -> None:
    """After dump and restore everything is as it was, and nothing was left to do by hand."""
    say("\n== After update, way back and restore")
    start = wait_for("The site", lambda: (got := ask(f"{TRAEGER}/")).status == 200 and got, 60)
    require("Beispiel-Verein" in start.text, "the start page")
    jar = "restored"
    sign_in(jar)
    document = json.loads((FILES / "document").read_text())
    got = ask(document["url"], jar=jar)
    require(got.status == 200 and got.body == SECRET, "the private document", got.status)
    version = git("-C", str(PORTAL), "rev-parse", "HEAD")
    require(version != git("-C", str(ORIGIN), "rev-parse", "main"), "the version before the update", version)
    for unit in ("portal-web", "portal-worker", "portal-purge.timer"):
        require(output_of("systemctl", "is-active", unit) == "active", f"{unit} runs")
    look_at_files()
    upload(jar)
