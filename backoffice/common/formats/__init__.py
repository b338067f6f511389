"""How dates are written on pages: one way, without the American one's doubt about 3/4."""
