"""The API for programs, version 1: what the pages show and do, under the same rules. No person is in it."""
