"""The whole of Backstride on one machine for one person to try: `make demo`."""

PASSWORD = "one-step-at-a-time"
SIGN_INS = ("runner@demo.test", "clinician@demo.test", "admin@demo.test")
