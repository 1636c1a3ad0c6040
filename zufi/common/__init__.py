"""The shared floor: announcing changes, periods, folding, language-safe models, template tags."""
