"""Pages, grouped by audience: public, participant, institution, office."""
