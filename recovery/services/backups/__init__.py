"""One file that holds everything, and putting it back without telling anybody the same thing twice."""
