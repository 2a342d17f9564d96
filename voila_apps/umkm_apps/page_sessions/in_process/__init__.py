"""Page sessions in the server's process: widgets behind the kernel protocol, without a kernel."""
