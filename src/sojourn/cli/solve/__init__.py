"""`sojourn solve PROBLEM FILE|-`: the allocation core on JSON, one module per problem."""
