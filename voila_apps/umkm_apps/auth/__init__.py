"""Who asks: the login cookie, who may reach a kernel, and the token that a page carries."""
