"""Leadline as it is, in a world drawn from one seed: ``python -m simulation``.

The worker, the webhooks and the use cases run unchanged over a real SQLite file. Time, chance, the carrier,
the network, crashes and people are ours and come from the seed, so a run that fails can be run again.
``run`` lives through a seed: ``world`` is what it draws and remembers, ``weather`` how much goes wrong.
``process`` is one process of the product, ``fleet`` all of them; ``storage`` and ``network`` stand where they
meet disk and network; ``carrier`` is the simulator without its sockets. ``people`` and ``trouble`` make
things happen, ``story`` tells them, and ``oracle`` says at the end which promises were broken.
"""
