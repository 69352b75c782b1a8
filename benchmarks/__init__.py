"""Leadline measured against what a careful tutorial builds; ``python -m benchmarks`` runs it (Linux only)."""
