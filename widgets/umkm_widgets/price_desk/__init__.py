"""The price desk (Harga jual): one widget, its reckoning, and the price list on paper."""
