"""Simulasi iklan: four rounds with play money, alone or with the class; the lesson is when to stop."""
