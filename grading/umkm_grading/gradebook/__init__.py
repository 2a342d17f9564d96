"""The gradebook of a class, and nbgrader's configuration and converters."""
