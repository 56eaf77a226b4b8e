"""Reads a workbook, a CSV file or JSON records into tables, without trusting any byte of it.

Pure Python: it runs in a child process whose memory is bounded (`bounded.py`), so that a file made to break a
reader breaks only that process.
"""
