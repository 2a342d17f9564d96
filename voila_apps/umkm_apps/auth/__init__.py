"""Who asks, what they may see, and the token a page carries."""
