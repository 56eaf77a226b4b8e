"""Pages that import sheets: the same for every audience that may import something."""
