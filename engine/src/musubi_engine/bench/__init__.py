"""One measurement a module, and the made-up listings they measure."""
