"""Template tags: icons, components and drawings."""
