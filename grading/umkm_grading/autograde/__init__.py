"""Grading of submissions: planned, executed by a pool of processes, written to the gradebook."""
