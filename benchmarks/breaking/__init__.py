"""What `benchmarks/faults.py` is made of: plans of runs, phones, blows, and the ledger of what was promised."""
