"""What was done and how it was computed: runs with their proofs, the audit trail, background jobs."""
