"""`python -m umkm_apps`: the trainees' server, configured by its environment."""

from .server.start import main

main()
