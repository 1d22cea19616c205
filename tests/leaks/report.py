"""Collects what the probes bring to light, and says it readably."""

import re
from dataclasses import dataclass, field

from tests.leaks.probing import Outcome, Probe

SHOWN = 6
# What nobody is shown who may not enter the editing area.
INSIDE = "wagtailadmin_(home|explore.*|pages:.*)"
TELLS = "tells that there is"


@dataclass
class Report:
    """Counts probes and keeps each leak and each error, by what is the same about them.

    `allowed`: (who, kind of leak, what) that may remain; `remained`: those of them that were found.
    """

    allowed: frozenset = frozenset()
    probes: int = 0
    leaks: dict[tuple, list[str]] = field(default_factory=dict)
    errors: dict[tuple, list[str]] = field(default_factory=dict)
    remained: set = field(default_factory=set)
    # Who was shown something, and whether that was in the editing area.
    let_in: set[tuple[str, bool]] = field(default_factory=set)

    def add(self, who: str, probe: Probe, outcome: Outcome, twin: Outcome | None) -> None:
        """Note one outcome; `twin`: how the same address answers about an object that doesn't exist."""
        self.probes += 1 + (twin is not None)
        if outcome.status == 200:
            self.let_in.add((who, re.fullmatch(INSIDE, probe.route) is not None))
        self._leak("shows", probe, who, sorted(set(outcome.fields)))
        self._leak("changes", probe, who, sorted(set(outcome.written)))
        if twin and twin.status != outcome.status:
            self._leak(TELLS, probe, who, [probe.about], f" ({outcome.status}, otherwise {twin.status})")
        if outcome.error:
            self.errors.setdefault((probe.route, probe.method, outcome.error), []).append(_line(who, probe))

    def _leak(self, kind: str, probe: Probe, who: str, found: list[str], detail: str = "") -> None:
        self.remained |= {(who, kind, what) for what in found} & self.allowed
        unlisted = [what for what in found if (who, kind, what) not in self.allowed]
        if unlisted:
            line = f"{_line(who, probe)}: {', '.join(unlisted[:SHOWN])}{detail}"
            self.leaks.setdefault((kind, probe.route, probe.method), []).append(line)

    @property
    def summary(self) -> str:
        leaks, errors = (sum(map(len, found.values())) for found in (self.leaks, self.errors))
        return f"probes={self.probes} leaks={leaks} errors={errors}"

    def lines(self, most: int = 5) -> list[str]:
        """Return the report as lines, at most `most` requests of a kind, the summary last."""
        lines = []
        for title, found in (("LEAK", self.leaks), ("ERROR", self.errors)):
            for key, requests in found.items():
                lines.append(f"{title} {' '.join(key)} ({len(requests)})")
                lines += [f"    {request}" for request in requests[:most]]
        return [*lines, self.summary]


def _line(who: str, probe: Probe) -> str:
    sent = f" {dict(probe.body)}" if probe.body else ""
    return f"{who}: {probe.method} {probe.host}{probe.address}{sent}"
