"""The patient's doors: each asks, calls one service and answers."""
