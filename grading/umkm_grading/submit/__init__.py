"""Put submissions into the class folder: from the records, or notebooks from JupyterLab."""
