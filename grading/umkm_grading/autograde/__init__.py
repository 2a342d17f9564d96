"""Autograding: plan, run in a pool of processes, write to the gradebook."""
