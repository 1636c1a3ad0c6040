"""Benchmarks: ratios within one run, on the demo data."""
