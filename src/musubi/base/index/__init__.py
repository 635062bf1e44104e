"""The search index's tables and the engine's door to them; knows documents, never civic objects."""
