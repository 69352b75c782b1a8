"""Leadline as it is, in a world drawn from one seed: ``python -m simulation``.

The worker, the webhooks and the use cases run unchanged over a real SQLite file. Time, chance, the carrier,
the network, crashes and people are ours and come from the seed, so a run that fails can be run again.
``world`` is what a seed draws and remembers; ``process`` is one process of the product, ``storage`` and
``wire`` stand where it meets disk and network; ``carrier`` is the simulator without its sockets; ``people``
and ``trouble`` make things happen; ``oracle`` says at the end whether every promise was kept.
"""
