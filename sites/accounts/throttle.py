"""How often something may be tried: what checks a secret or sends a mail is slowed by account and by address.

A try is counted before the secret is looked at, so many at the same moment are no way around it, and a flood
costs no hashing. Whoever is refused waits until the period ends, for minutes; trying on makes it no longer.
"""

import math
import time
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.strategies import FixedWindowRateLimiter

from sites.accounts.addresses import client_network
from sites.accounts.browsers import known_browser
from sites.accounts.counting import DatabaseStorage

limiter = FixedWindowRateLimiter(DatabaseStorage())


@dataclass(frozen=True)
class Limit:
    """`rate` tries of what is called `name`, for each of whatever is counted apart."""

    name: str
    rate: RateLimitItem

    def hit(self, *what: str) -> int:
        """Count a try. Returns the seconds to wait: 0 where it is allowed."""
        if limiter.hit(self.rate, self.name, *what):
            return 0
        ends = limiter.storage.get_expiry(self.rate.key_for(self.name, *what))
        return max(1, math.ceil(ends - time.time()))

    def forget(self, *what: str) -> None:
        limiter.clear(self.rate, self.name, *what)

    def take_back(self, *what: str) -> None:
        """Undo one `hit`."""
        limiter.storage.incr(self.rate.key_for(self.name, *what), self.rate.get_expiry(), -1)


# Wrong passwords. What is refused here counts no further, so a single place never uses up the tries of an
# account (15 of 20). Who guesses from many places does; browsers in which the account was signed in to before
# are counted apart, so that its owner goes on.
HERE = Limit("sign-in here", parse("5 per 5 minutes"))
ACCOUNT = Limit("sign-in to an account", parse("20 per 15 minutes"))
# An office behind one address has many people, but not so many wrong passwords.
PLACE = Limit("sign-in from a place", parse("60 per 15 minutes"))

# The old password in the form for a new one: somebody may sit at a colleague's desk.
OLD_PASSWORD = Limit("old password", parse("10 per 15 minutes"))

RESET_PLACE = Limit("reset from a place", parse("20 per hour"))
# The second mail within the period would bring nothing new, and many are a nuisance.
RESET_ACCOUNT = (Limit("reset", parse("1 per 15 minutes")), Limit("reset a day", parse("6 per day")))


def _sign_in_limits(request, name: str) -> list[tuple[Limit, tuple[str, ...]]]:
    """Return the limits for signing in as `name` with what is counted apart in each."""
    name, place = name.strip().lower(), client_network(request)
    if browser := known_browser(request, name):
        return [(HERE, (name, browser)), (PLACE, (place,))]
    return [(HERE, (name, place)), (ACCOUNT, (name,)), (PLACE, (place,))]


def sign_in(request, name: str) -> int:
    """Count a try to sign in as `name`. Returns the seconds to wait: 0 where the password may be checked.

    What is refused counts no further: whoever goes on here does not use up the tries of others.
    """
    for limit, what in _sign_in_limits(request, name):
        if wait := limit.hit(*what):
            return wait
    return 0


def signed_in(request, name: str) -> None:
    """The password was right: what was tried before for the account does not count any more."""
    for limit, what in _sign_in_limits(request, name):
        if limit is PLACE:
            # Otherwise an account of one's own would open the place for guessing at others.
            limit.take_back(*what)
        else:
            limit.forget(*what)


def ask_for_reset(name: str) -> bool:
    """Count a request for a new password for the address `name`. Returns whether a mail is to be sent."""
    name = name.strip().lower()
    return all(not limit.hit(name) for limit in RESET_ACCOUNT)
