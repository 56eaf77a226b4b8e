"""What is held about a person and why, how they take it along, how it goes, and when by itself."""
