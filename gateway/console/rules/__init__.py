"""Thresholds for people who write no files: read in words, changed in a draft, shown with all that the change does."""
