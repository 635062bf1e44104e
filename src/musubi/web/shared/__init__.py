"""What several audiences show of civic objects: words and examples, no pages of its own."""
