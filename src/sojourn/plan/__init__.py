"""What was promised: the published plan, its components, targets and quotas."""
