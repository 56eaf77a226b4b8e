"""What pressing a button does: one module per step of the pipeline."""
