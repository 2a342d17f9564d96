"""The folder of one class: its nbgrader course, released assignments, submissions and locks."""
