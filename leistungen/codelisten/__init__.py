"""Code lists as data: reading them in, and looking after them in the admin."""
