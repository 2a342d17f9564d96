"""Answer sheets: what may be kept on them, batches of answers, states, the tests' schedule."""
