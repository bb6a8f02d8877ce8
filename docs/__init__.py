"""Documentation that is printed from the code, and the check that it is fresh."""
