"""How much was done: indicators, figures that trace to records, bulletins."""
