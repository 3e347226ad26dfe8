"""Loopback providers for trying and testing, and `/try`: the phone in the browser."""
