"""From where a request comes."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings

# Whoever has one IPv6 address has all of this network.
IPV6_NETWORK = 64


def client_address(request) -> IPv4Address | IPv6Address | None:
    """Return the address of whoever asks, None where it is unknown.

    Behind PORTAL_TRUSTED_PROXIES web servers it is what the outermost of these has noted: each appends to
    X-Forwarded-For who asked it. What stands before that is what a client wrote and may be invented.
    """
    noted = [text for text in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if text.strip()]
    proxies = settings.PORTAL_TRUSTED_PROXIES
    text = noted[-proxies] if 0 < proxies <= len(noted) else request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_network(request) -> str:
    """Return what counts as one place: an IPv4 address, or the network of an IPv6 address."""
    address = client_address(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_NETWORK), strict=False))
    return str(address)
