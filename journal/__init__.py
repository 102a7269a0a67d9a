"""Bothways: a reflection journal for the two sides of a mentorship."""

__version__ = "0.1.0"
