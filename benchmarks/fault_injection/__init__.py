"""Parts of `benchmarks.faults` and `benchmarks.abuse`: plans, phones, faults, and the checker."""
