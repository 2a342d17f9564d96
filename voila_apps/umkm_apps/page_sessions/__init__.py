"""Open pages and their kernels: lines, limits, the queue, and the HTML that is sent."""
