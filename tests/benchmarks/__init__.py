"""Measures, run by `make bench`: ratios of two things side by side in one run, since bare times tell about the machine only."""
