"""The torture run: the product as real processes on real sockets, with real kills, on both databases.

``python -m torture`` runs every scenario and writes what it found to docs/reliability.md. Each scenario ends
before the same oracle: the simulator's ledger, which is the truth, compared with the rows of the database.
"""
