"""A demo's past: the cast lived through day by day, every step taken through the services the doors use."""
