"""`python -m umkm_cli`: the same as `umkm`."""

from .main import main

main()
