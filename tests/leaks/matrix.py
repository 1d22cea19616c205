"""Which requests are made: every route, with foreign objects, own ones and both together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import cycle, islice, product

from sites.access.roles import LEITUNG
from tests.leaks.bodies import BODIES, METHODS, POSTED
from tests.leaks.objects import PAGE_KINDS, SHARED, ids, is_id, nowhere
from tests.leaks.plan import Plan
from tests.leaks.probing import Probe
from tests.leaks.queries import LISTING, QUERIES
from tests.leaks.routes import UNPROBED, Route, all_routes, meaning

# Routes that answer differently on each host.
ON_ALL_HOSTS = (
    *("search", "search_suggestions", "sitemap", "staff_start"),
    *("wagtaildocs_serve", "robots", "private_file"),
)
# Views of the editing area that ask on which site they are.
BY_SITE = ("wagtailsettings:.*",)
# Views of the editing area that show a page as its readers will see it, with what is public around it.
PREVIEWS = tuple(
    f"wagtailadmin_pages:{view}"
    for view in ("view_draft", "revisions_view", "workflow_preview", "preview_.*")
)
# The only route whose argument is no object but any path, which begins with the language.
PAGES, ANY_PATH = "wagtail_serve", "%(_0)s"
# The first page of the editing area.
ENTRANCE = "wagtailadmin_home"
BULK_ACTION = "wagtail_bulk_action"
# Where a word in the address chooses one of several views, and is no further object of the same one.
SEVERAL_VIEWS = (
    BULK_ACTION,
    "wagtailadmin_api:pages:action",
    "wagtailadmin_pages:.*workflow_action.*",
    "portal_grants?.*",
)
# Bulk actions name their objects in the query: which kind, by model.
BULK_KINDS = {"page": "page", "portalimage": "image", "portaldocument": "document", "user": "user"}


class UnknownArgumentError(Exception):
    """An address has an argument of which nobody has said what it stands for."""


@dataclass(frozen=True)
class Case:
    """Arguments of a route, the same for objects that don't exist, and whether to send all that is known.

    `number`: that of the foreign object.
    """

    values: dict
    twin: dict | None
    whole: bool = True
    foreign: bool = True
    about: str = ""
    number: int = 0


class Matrix:
    """Makes the probes for one person after the other: everything, of which CI sends a sample."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.foreign, self.own = ids(plan.foreign), ids(plan.own)
        self.words = self._words()
        self.hosts = [
            f"{traeger.site.hostname}:{traeger.site.port}"
            for traeger in (plan.own.traeger, plan.foreign.traeger, plan.coordination, plan.knowledge)
        ]
        probed = (route for route in all_routes() if str(route) not in UNPROBED)
        self.routes = [route for route in probed if route.name != PAGES or route.template == ANY_PATH]

    def _words(self) -> dict[str, object]:
        words = {kind: values[0] for kind, values in self.foreign.items() if values}
        words |= {f"own_{kind}": values[0] for kind, values in self.own.items() if values}
        public = self.plan.foreign.pages["ContentPage, public"]
        return words | {
            "public_page": public.pk,
            "public_slug": public.slug,
            "host": self.plan.foreign.traeger.site.hostname,
            "email": self.plan.foreign.people["redaktion"].email,
            "role": self.plan.foreign.traeger.roles.first().pk,
            "po": _translated(self.plan.foreign.translations[0]),
            "coordination_role": self.plan.coordination.roles.get(role=LEITUNG).pk,
        }

    @cached_property
    def whole(self) -> dict[str, list[tuple[Probe, Probe | None]]]:
        """All probes, by who asks."""
        return {who: list(self.probes(who)) for who in self.plan.people}

    def probes(self, who: str, objects: int | None = None) -> Iterator[tuple[Probe, Probe | None]]:
        """Return each probe, and the same one about an object that does not exist, where that can be.

        `objects`: at most so many foreign ones for a route.
        """
        own = self.own | self.plan.opened.get(who, {})
        for route in self.routes:
            if route.name == PAGES:
                yield from ((probe, None) for probe in self._pages(route))
            else:
                yield from self._of_route(route, own, objects)

    def _of_route(self, route: Route, own: dict, objects: int | None) -> Iterator[tuple[Probe, Probe | None]]:
        for case in self._cases(route, own, objects):
            for probe in (*self._bare(route, case), *(self._extras(route, case) if case.whole else ())):
                yield probe, replace(probe, path=route.path(case.twin)) if case.twin else None

    def _pages(self, route: Route) -> Iterator[Probe]:
        """Pages of the foreign Träger and own ones, entries of the knowledge base, and start pages."""
        on_hosts = (self.own["address"], self.foreign["address"], [""], self.plan.entries)
        for host, addresses in zip(self.hosts, on_hosts, strict=True):
            base = Probe(str(route), "GET", host, route.path({"_0": ""}), in_admin=False)
            for address in dict.fromkeys([*addresses, ""]):
                at = replace(base, path=route.path({"_0": address}))
                yield from (at, replace(at, method="POST"))
            queries = self._queries(route, self.words)
            yield from (replace(base, query=query, line=line) for line, query in queries)

    def _cases(self, route: Route, own: dict[str, list], most: int | None) -> Iterator[Case]:
        """Yield the cases of a route: at most `most` foreign objects, the own one, and both mixed."""
        kinds = {name: meaning(route, name) for name in route.arguments}
        unknown = [name for name, kind in kinds.items() if kind is None]
        if unknown:
            raise UnknownArgumentError(f"{route}: say in tests/leaks/routes.py what {unknown} stand for.")
        identifying = [name for name, kind in kinds.items() if is_id(kind)]
        several = _is_one_of(SEVERAL_VIEWS, route)
        most = None if several else most
        for number, values in enumerate(islice(self._aligned(kinds, self.foreign), most)):
            twin = (
                {**values, **{name: nowhere(values[name]) for name in identifying}} if identifying else None
            )
            # Whatever else is sent along is sent with the first object of each view.
            whole = number == 0 or several
            secret = route.in_admin and SHARED.isdisjoint(kinds.values())
            # That there are the pages on the way to an open one is no secret.
            secret = secret and not any(
                kinds[name] in PAGE_KINDS and value in own.get("way", ()) for name, value in values.items()
            )
            about = ", ".join(kinds[name] for name in identifying)
            yield Case(values, twin if secret else None, whole, about=about, number=number)
        if identifying:
            for ours in islice(self._aligned(kinds, own), None if several else 1):
                yield Case(ours, None, foreign=False)
            if len(identifying) > 1:
                for name in identifying:
                    yield Case({**ours, name: self.foreign[kinds[name]][0]}, None)

    @staticmethod
    def _aligned(kinds: dict[str, str], objects: dict[str, list]) -> Iterator[dict]:
        """Return the objects of all arguments side by side; shorter lists begin anew."""
        length = max((len(objects[kind]) for kind in kinds.values()), default=1)
        columns = [islice(cycle(objects[kind]), length) for kind in kinds.values()]
        for row in zip(*columns, strict=True) if kinds else [()]:
            yield dict(zip(kinds, row, strict=True))

    def _words_for(self, route: Route, case: Case) -> dict[str, object]:
        words = dict(self.words)
        for name in route.arguments:
            if meaning(route, name) in PAGE_KINDS and case.values[name] in self.foreign["page"]:
                # A revision of another page would be refused for that alone.
                words["revision"] = self.foreign["revision"][self.foreign["page"].index(case.values[name])]
        if route.name == BULK_ACTION:
            kind = BULK_KINDS.get(case.values["model_name"], "topic")
            words |= {"bulk": words[kind], "own_bulk": words[f"own_{kind}"]}
        return words

    def _hosts_for(self, route: Route, case: Case) -> list[str]:
        """The own Träger's host and the foreign one's: both, or now the one and now the other."""
        if _is_one_of(ON_ALL_HOSTS, route):
            return self.hosts
        if not route.in_admin:
            return self.hosts[:1]
        if not route.arguments or _is_one_of(BY_SITE, route):
            return self.hosts[:2]
        return [self.hosts[case.number % 2]]

    def _bases(self, route: Route, case: Case) -> Iterator[Probe]:
        path = route.path(case.values)
        inside = route.in_admin and not _is_one_of(PREVIEWS, route)
        shows = ("image" in route.name and bool(route.arguments)) or any(
            mark.secret for mark in self.plan.marks.found_in(path)
        )
        for host in self._hosts_for(route, case):
            yield Probe(
                str(route),
                "GET",
                host,
                path,
                in_admin=inside,
                picture=case.foreign and shows,
                about=case.about,
            )

    def _bare(self, route: Route, case: Case) -> Iterator[Probe]:
        """The address as it is, by GET and by POST (or what the view takes instead)."""
        for base in self._bases(route, case):
            if route.name == BULK_ACTION:
                base = replace(base, query=POSTED[BULK_ACTION][0].format(**self._words_for(route, case)))
            yield base
            yield from (replace(base, method=method) for method in _methods(route))

    def _extras(self, route: Route, case: Case) -> Iterator[Probe]:
        """The address with each query and each body that is known for it."""
        words = self._words_for(route, case)
        posted = [query.format(**words) for query in POSTED.get(route.name, ("",))]
        for base in self._bases(route, case):
            yield from (replace(base, query=query, line=line) for line, query in self._queries(route, words))
            for (line, body), method in product(self._bodies(route, words), _methods(route)):
                for query in posted:
                    yield replace(base, method=method, query=query, body=body, line=line)

    def _queries(self, route: Route, words: dict) -> list[tuple[str, str]]:
        """Return the queries for a route, each once, and the lines of the tables that they are from."""
        general = [("LISTING", LISTING)] if route.in_admin and not route.arguments else []
        found = {}
        for name, queries in (*general, *_fitting(QUERIES, route)):
            for number, query in enumerate(queries):
                found.setdefault(query.format(**words), f"query {number} of {name}")
        return [(line, query) for query, line in found.items()]

    def _bodies(self, route: Route, words: dict) -> Iterator[tuple[str, tuple]]:
        for name, bodies in _fitting(BODIES, route):
            for number, body in enumerate(bodies):
                sent = tuple((_put(key, words), _put(value, words)) for key, value in body.items())
                yield f"body {number} of {name}", sent


def _is_one_of(names: tuple[str, ...], route: Route) -> bool:
    return any(re.fullmatch(name, route.name) for name in names)


def _fitting(table, route: Route) -> Iterator[tuple]:
    """Return the lines of a table that are about a route."""
    return (line for line in table if re.fullmatch(line[0], route.name))


def _translated(translation) -> str:
    """Return the file that translators get, as they send it back."""
    file = translation.export_po()
    for entry in file:
        entry.msgstr = "Fremd"
    return str(file)


def _methods(route: Route) -> tuple[str, ...]:
    """Return by what else than GET a route is asked."""
    return next((methods for name, methods in METHODS if re.fullmatch(name, route.name)), ("POST",))


def _put(value, words: dict):
    if isinstance(value, list):
        return tuple(_put(each, words) for each in value)
    return re.sub(r"\{(\w+)\}", lambda match: str(words[match[1]]), value)
