"""The handbook's tests."""
