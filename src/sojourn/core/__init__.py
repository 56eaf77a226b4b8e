"""Classical allocation problems as pure functions: no Django, no clock, no input or output.

One file per problem; no file imports another, so each can be read, tested and used alone.
"""
