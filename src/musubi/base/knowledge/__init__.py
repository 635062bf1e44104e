"""What the program knows of civic life: shipped with the engine, and what a town's office adds to it."""
