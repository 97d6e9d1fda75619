"""`python -m tests.faults.auditor`: the product's auditor every second; FAULT_BUG names a fault to sow in it."""

import os

import django


def main() -> None:
    """Until it is killed."""
    django.setup()
    from django.core.management import call_command

    from tests.faults import bugs

    bugs.sow(os.environ.get("FAULT_BUG", ""))
    call_command("audit_sending", every=1.0)


if __name__ == "__main__":
    main()
