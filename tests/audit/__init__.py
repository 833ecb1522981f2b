"""``make audit``: every page of the whole site, as a real server gives it out."""
