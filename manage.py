#!/usr/bin/env python3
"""Runs Backstride's commands."""

import os
import sys

RULES_ONLY = {"replay", "simulate"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings")
    if RULES_ONLY.intersection(sys.argv[1:2]):
        os.environ.setdefault("DEBUG", "1")  # no database, no visitors: it needs neither key nor address
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as missing:
        sys.exit(f"The python module {missing.name} is missing: run `make venv`, then use .venv/bin/python.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except ModuleNotFoundError as missing:
        sys.exit(f"The python module {missing.name} is missing: run `make venv`, then use .venv/bin/python.")


if __name__ == "__main__":
    main()
