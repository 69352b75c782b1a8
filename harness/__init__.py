"""What the benchmarks and the torture run share: processes, databases, places and traffic of their own."""
