"""Providers, all bent to one shape."""
