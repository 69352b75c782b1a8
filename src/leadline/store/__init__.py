"""All SQL. Nothing outside this package imports SQLAlchemy; functions take a transaction first."""
