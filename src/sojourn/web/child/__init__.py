"""The pages of a minor who acts alone by a paper slip."""
