"""One adapter for each channel; all of them hold the same conversation."""
