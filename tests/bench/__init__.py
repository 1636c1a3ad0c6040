"""Benchmarks: what the targets say, and ratios within one run."""
