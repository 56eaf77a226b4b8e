"""What everybody may read: the plan, the calls, the draws with their proofs, the bulletins."""
