"""Code that runs in a page's kernel."""
