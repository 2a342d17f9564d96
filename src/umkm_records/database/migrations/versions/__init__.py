"""One module a step, named `vNNNN_what_it_does`."""
