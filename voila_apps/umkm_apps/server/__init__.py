"""The application: settings, routes, periodic tasks."""
