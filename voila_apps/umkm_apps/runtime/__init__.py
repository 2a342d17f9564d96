"""What the process needs whatever it serves: settings, secrets, threads, clocks, logs."""
