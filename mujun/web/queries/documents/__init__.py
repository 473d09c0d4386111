"""Facts of official documents, gathered from what stands in the database. Lays nothing out; writes nothing."""
