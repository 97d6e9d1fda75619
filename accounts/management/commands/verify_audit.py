import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.services import audit_anchors
from accounts.services.audit_verification import verify


class Command(BaseCommand):
    """Reads the audit trail again; exit 1 and the first row that is not as it was written."""

    help = "Verifies the audit trail against its seals and the anchors kept outside the database."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", type=Path, help="a log or a file of anchors, besides the one in AUDIT_ANCHORS")

    def handle(self, anchors, **options):
        known = audit_anchors.kept()
        if anchors:
            try:
                known += audit_anchors.read(anchors.read_text().splitlines())
            except OSError as problem:
                raise CommandError(f"The file {anchors} cannot be read: name a log or a file of anchors.") from problem
        found = verify(known)
        if found.broken is not None:
            self.stdout.write(f"Row {found.broken} of the audit trail is broken: {found.why}.")
            sys.exit(1)
        self.stdout.write(f"{found.rows} rows of the audit trail are as they were written, {len(known)} anchors held.")
