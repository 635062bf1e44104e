"""What files say, read row by row: taken, repaired (how) or refused (why). One module for each format."""
