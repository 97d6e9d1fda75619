"""What the patient's pages show, as plain values."""
