"""Scripts: a text in logical order in, the glyphs of its lines from left to right out."""
