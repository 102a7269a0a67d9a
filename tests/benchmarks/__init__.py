"""Measurements, run by hand: `python -m tests.benchmarks --help`. pytest does not collect them."""
