"""The components every screen is made of: templates, tags, form fields, styles, scripts."""
