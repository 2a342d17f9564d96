"""The process: settings, shared objects, secrets, threads, scheduler, clock, log, status."""
