"""Feedback pages, and what is published of a graded submission."""
