"""The projection of the log: moves as rows, and what stands, kept in step with every append."""
