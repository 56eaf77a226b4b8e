"""Sojourn: large youth programmes, from a published plan to every place, person and figure."""

__version__ = "0.1.0"
