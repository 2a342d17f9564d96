"""The application: its settings, its addresses, its periodic work."""
