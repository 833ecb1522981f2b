"""The Content-Security-Policy of every page: the one place that says what a page may load.

Each page carries it in a ``meta`` element, so that it also holds on ``file://``; a web server sends
the same as a header, with :data:`HEADER_ONLY` added, which browsers take from a header alone.
No page has an inline script or an inline style, so the policy needs neither a hash nor
``unsafe-inline``.
"""

from __future__ import annotations

_SOURCES = {
    "default-src": "'self'",
    # Furo's style sheet draws its icons from data: addresses.
    "img-src": "'self' data:",
    "object-src": "'none'",
    "frame-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _SOURCES.items())
HEADER_ONLY = "frame-ancestors 'self'"
