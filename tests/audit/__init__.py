"""Every page of the site in a real browser: `make test` turns through the ways to see it, `make audit` tries them all."""
