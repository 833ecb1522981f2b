"""Tools for maintainers: catalogs are updated, counted and checked here."""
