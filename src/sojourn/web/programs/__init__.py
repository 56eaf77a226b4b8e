"""What the leads of an organisation see and do about the programs that are connected to it."""
