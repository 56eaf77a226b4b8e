"""`sojourn demo`: the example programme from plan to bulletin, by the same actions as a real one.

Programme, offices and people are invented (Faker, fixed seed); the schools come from a public register.
"""
