"""What an institution sees and does in its own activities."""
