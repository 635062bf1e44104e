"""Who is told what about a case."""
