"""`python -m umkm_cli` runs `umkm`."""

from .main import main

main()
