"""Page sessions: open pages, their kernels and connections, limits, the admission queue, their HTML."""
