"""Writes of connected programs."""
