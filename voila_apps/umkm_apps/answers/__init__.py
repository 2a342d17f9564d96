"""Answer sheets: what a participant may see, store and submit, and when a test is open."""
