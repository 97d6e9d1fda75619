"""How clinicians and admins are reached, and what was sent to them."""
