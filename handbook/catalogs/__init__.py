"""Maintainers' tools for catalogs: update, status, lint. Nothing in a build imports them."""
