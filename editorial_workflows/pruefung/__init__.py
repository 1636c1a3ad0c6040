"""Confirming that a published text is current: an act of its own, apart from editing."""
