"""Breaking the code on purpose, one way at a time, to see whether the tests notice: ``make mutations``."""
