"""Benchmarks of the analysis engine on real, labelled answers."""
