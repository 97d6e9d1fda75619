"""How dates and numbers are written in each language; Django finds the modules by FORMAT_MODULE_PATH."""
