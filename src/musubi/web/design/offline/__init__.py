"""What one has read stays on one's own device for a while, for the tunnel (ADR 0013)."""
