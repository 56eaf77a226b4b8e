"""Who may connect a program."""
