"""Which requests are made: every route, with foreign objects, own ones and both together."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice

from tests.leaks.bodies import BODIES, POSTED
from tests.leaks.objects import NOWHERE, SHARED, ids, is_id
from tests.leaks.plan import Plan
from tests.leaks.probing import Probe
from tests.leaks.queries import LISTING, QUERIES
from tests.leaks.routes import UNPROBED, Route, all_routes, meaning
from tests.leaks.shares import SHARES, TURNS, WHOLE, Share, in_turn

# Routes that answer differently on each host.
ON_ALL_HOSTS = "search|sitemap|wagtaildocs_serve|robots"
# Views of the editing area that show a page as its readers will see it, with what is public around it.
PREVIEWS = r"wagtailadmin_pages:(view_draft|revisions_view|workflow_preview|preview_.*)"
# The only route whose argument is no object but any path, which begins with the language.
PAGES, ANY_PATH = "wagtail_serve", "%(_0)s"
BULK_ACTION = "wagtail_bulk_action"
# Bulk actions name their objects in the query: which kind, by model.
BULK_KINDS = {"page": "page", "portalimage": "image", "portaldocument": "document", "user": "user"}


class UnknownArgumentError(Exception):
    """An address has an argument of which nobody has said what it stands for."""


@dataclass(frozen=True)
class Case:
    """Arguments of a route, the same for objects that don't exist, and whether to send all that is known."""

    values: dict
    twin: dict | None
    whole: bool = True
    foreign: bool = True
    about: str = ""


class Matrix:
    """Makes the probes for one person after the other.

    `thorough`: everything as everybody, which takes very long; else as `SHARES` says.
    """

    def __init__(self, plan: Plan, thorough: bool = False):
        self.plan, self.thorough = plan, thorough
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
        }

    def probes(self, who: str) -> Iterator[tuple[Probe, Probe | None]]:
        """Return each probe, and the same one about an object that does not exist, where that can be."""
        share = WHOLE if self.thorough else SHARES.get(who, TURNS)
        own = self.own | self.plan.opened.get(who, {})
        turn = list(self.plan.people).index(who)
        for number, route in enumerate(self.routes):
            asked, left_out = divmod(number + turn, share.every)
            if left_out:
                continue
            if route.name == PAGES:
                yield from ((probe, None) for probe in self._pages(route, share, asked))
            else:
                # By what is asked: counting the routes left out, too, would always find the same method.
                yield from in_turn(list(self._of_route(route, own, share, number)), share.turns, asked)

    def _of_route(
        self, route: Route, own: dict, share: Share, number: int
    ) -> Iterator[tuple[Probe, Probe | None]]:
        for case in self._cases(route, own, share.objects):
            extras = in_turn(list(self._extras(route, case)) if case.whole else [], share.extras, number)
            for probe in (*self._bare(route, case), *extras):
                yield probe, replace(probe, path=route.path(case.twin)) if case.twin else None

    def _pages(self, route: Route, share: Share, number: int) -> Iterator[Probe]:
        """Pages of the foreign Träger on its host, own ones on theirs, and the other start pages."""
        hidden = self.foreign["hidden_address"]
        foreign = self.foreign["address"] if share is WHOLE else in_turn(hidden, share.turns, number)
        on_hosts = (self.own["address"] if share is WHOLE else [""], foreign, [""], [""])
        for host, addresses in zip(self.hosts, on_hosts, strict=True):
            base = Probe(str(route), "GET", host, route.path({"_0": ""}), in_admin=False)
            for address in dict.fromkeys([*addresses, ""]):
                at = replace(base, path=route.path({"_0": address}))
                yield from (at, replace(at, method="POST"))
            yield from (replace(base, query=query) for query in self._queries(route, self.words))

    def _cases(self, route: Route, own: dict[str, list], most: int | None) -> Iterator[Case]:
        """Yield the cases of a route: at most `most` foreign objects, the own one, and both mixed."""
        kinds = {name: meaning(route, name) for name in route.arguments}
        unknown = [name for name, kind in kinds.items() if kind is None]
        if unknown:
            raise UnknownArgumentError(f"{route}: say in tests/leaks/routes.py what {unknown} stand for.")
        identifying = [name for name, kind in kinds.items() if is_id(kind)]
        # A bulk action is no further object but a view of its own.
        most = None if route.name == BULK_ACTION else most
        for number, values in enumerate(islice(self._aligned(kinds, self.foreign), most)):
            twin = {**values, **dict.fromkeys(identifying, NOWHERE)} if identifying else None
            # Whatever else is sent along is sent with the first object, and with each bulk action.
            whole = number == 0 or route.name == BULK_ACTION
            secret = route.in_admin and SHARED.isdisjoint(kinds.values())
            # That there are the pages on the way to an open one is no secret.
            secret = secret and not any(
                kinds[name] == "page" and value in own.get("way", ()) for name, value in values.items()
            )
            about = ", ".join(kinds[name] for name in identifying)
            yield Case(values, twin if secret else None, whole, about=about)
        if identifying:
            ours = {name: own[kind][0] for name, kind in kinds.items()}
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
        if route.name != BULK_ACTION:
            return self.words
        kind = BULK_KINDS.get(case.values["model_name"], "topic")
        return self.words | {"bulk": self.words[kind], "own_bulk": self.words[f"own_{kind}"]}

    def _bases(self, route: Route, case: Case) -> Iterator[Probe]:
        hosts = self.hosts if re.fullmatch(ON_ALL_HOSTS, route.name) else self.hosts[:1]
        path = route.path(case.values)
        inside = route.in_admin and not re.fullmatch(PREVIEWS, route.name)
        shows = ("image" in route.name and bool(route.arguments)) or any(
            mark.secret for mark in self.plan.marks.found_in(path)
        )
        for host in hosts:
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
        """The address as it is, by GET and by POST."""
        for base in self._bases(route, case):
            if route.name == BULK_ACTION:
                base = replace(base, query=POSTED[BULK_ACTION][0].format(**self._words_for(route, case)))
            yield base
            yield replace(base, method="POST")

    def _extras(self, route: Route, case: Case) -> Iterator[Probe]:
        """The address with each query and each body that is known for it."""
        words = self._words_for(route, case)
        posted = [query.format(**words) for query in POSTED.get(route.name, ("",))]
        for base in self._bases(route, case):
            yield from (replace(base, query=query) for query in self._queries(route, words))
            for body in self._bodies(route):
                yield from (replace(base, method="POST", query=query, body=body) for query in posted)

    def _queries(self, route: Route, words: dict) -> list[str]:
        found = [query for name, queries in QUERIES if re.fullmatch(name, route.name) for query in queries]
        general = LISTING if route.in_admin and not route.arguments else ()
        return list(dict.fromkeys(query.format(**words) for query in (*general, *found)))

    def _bodies(self, route: Route) -> Iterator[tuple]:
        for name, bodies in BODIES:
            if re.fullmatch(name, route.name):
                for body in bodies:
                    yield tuple((self._put(key), self._put(value)) for key, value in body.items())

    def _put(self, value):
        if isinstance(value, list):
            return tuple(self._put(each) for each in value)
        return value.format(**self.words)
