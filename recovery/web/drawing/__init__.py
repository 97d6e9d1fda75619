"""Geometry of the drawings: plain numbers in, shapes out; templates turn the shapes into SVG."""
