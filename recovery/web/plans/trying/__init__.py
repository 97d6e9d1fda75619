"""A draft tried on a made-up patient, day by day; the patient lives in the admin's own session and nowhere else."""
