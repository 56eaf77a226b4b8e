"""What an auditor reads: what was done, by numbers, and whether the record of it is whole."""
