"""Parts of `benchmarks.faults` and `benchmarks.abuse`: plans, phones, faults, attacks, the checker."""
