"""Whether an address is the publisher's own: the sites of hosts.toml, and DOIs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

HOSTS_FILE = Path(__file__).with_name("hosts.toml")
# A DOI leads to the publisher, whoever that is.
_DOI_HOST = "doi.org"


@cache
def publisher_hosts() -> Mapping[str, frozenset[str]]:
    """Return the publishers' sites for each kind of source, without "www."."""
    table = tomllib.loads(HOSTS_FILE.read_text("utf-8"))
    return {kind: frozenset(hosts) for kind, hosts in table.items()}


def is_publishers_own(kind: str, address: str) -> bool:
    """Return whether an https address is a DOI or on the site of a publisher of this kind."""
    host = host_of(address)
    return host == _DOI_HOST or host in publisher_hosts().get(kind, frozenset())


def host_of(address: str) -> str:
    """Return the name of an address's site in small letters, without "www."."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
