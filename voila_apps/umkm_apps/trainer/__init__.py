"""Pages of the trainer's JupyterLab."""
