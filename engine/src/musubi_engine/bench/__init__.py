"""What `musubi-engine bench` measures, one file each; the only place of the engine that looks at a clock."""
