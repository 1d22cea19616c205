"""What the rules of the machine are made of."""

from functools import wraps

from hypothesis import strategies as st
from hypothesis.stateful import precondition
from hypothesis.stateful import rule as hypothesis_rule

PAGES = st.integers(0, 10_000)
LEVELS = ("view_page", "change_page", "publish_page")
# How deep the tree becomes at least, and from how many pages on nothing is copied.
MAX_DEPTH = 15
MAX_PAGES = 40

# The names of all rules.
RULES = []


def rule(**strategies):
    """A rule of hypothesis that is told by its name."""

    def decorate(function):
        RULES.append(function.__name__)

        @hypothesis_rule(**strategies)
        @wraps(function)
        def run(machine, **drawn):
            machine.doing = function.__name__
            function(machine, **drawn)

        return run

    return decorate


def where(rows):
    """The rule takes place only where `rows(self)`, a queryset, has some."""
    return precondition(lambda machine: rows(machine).exists())


def one_of(rows, number):
    """Return one of the rows of a queryset."""
    found = list(rows.order_by("pk"))
    return found[number % len(found)]
