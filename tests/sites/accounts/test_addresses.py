"""From where a request comes, also behind web servers."""

import pytest
from django.test import RequestFactory

from sites.accounts.addresses import client_address, client_network

# REMOTE_ADDR, X-Forwarded-For, how many web servers stand before the portal → the address
CASES = [
    ("192.0.2.1", "", 0, "192.0.2.1"),
    ("192.0.2.1", "198.51.100.7", 0, "192.0.2.1"),
    ("127.0.0.1", "198.51.100.7", 1, "198.51.100.7"),
    # What stands before is what the client wrote.
    ("127.0.0.1", "203.0.113.9, 198.51.100.7", 1, "198.51.100.7"),
    ("127.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.1", 2, "198.51.100.7"),
    # Past the web servers: the portal itself is asked, and nobody else has noted anything.
    ("192.0.2.1", "", 1, "192.0.2.1"),
    ("192.0.2.1", "198.51.100.7", 2, "192.0.2.1"),
    ("127.0.0.1", "2001:db8::1", 1, "2001:db8::1"),
    ("::ffff:192.0.2.1", "", 0, "192.0.2.1"),
    # By a socket there is none.
    ("", "", 0, "None"),
    ("127.0.0.1", "x\nINFO thinka.signin: Signed in", 1, "None"),
]


@pytest.mark.parametrize(("remote", "noted", "proxies", "expected"), CASES)
def test_address(remote, noted, proxies, expected, settings):
    settings.PORTAL_TRUSTED_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": noted} if noted else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **headers)
    assert str(client_address(request)) == expected


@pytest.mark.parametrize(
    ("remote", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", "None"),
    ],
)
def test_who_has_one_ipv6_address_has_many(remote, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=remote)) == network
