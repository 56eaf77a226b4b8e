"""What a participant, or the guardian of a minor, sees and does."""
