"""What is shipped as data: plans and articles."""
