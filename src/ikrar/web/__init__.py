"""The shared look: base templates, components, static files, forms, tags. No domain."""
