"""Curated tables: what coordinators know and texts do not say."""
