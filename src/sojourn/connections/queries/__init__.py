"""Reads of connected programs."""
