"""The questions a patient answers."""
