"""Grades answers-only submissions without a kernel: sheets, worker processes, gradebook rows."""
