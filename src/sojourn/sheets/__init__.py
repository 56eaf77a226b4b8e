"""Data in and out as sheets: one engine that reads, checks, imports and exports; apps declare their kinds."""
