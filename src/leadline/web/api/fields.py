"""Kinds of fields that several resources take."""

from typing import Annotated

from fastapi import Path, Query
from pydantic import StringConstraints

# The largest id that both databases can be asked for.
ID_AT_MOST = 2**63 - 1
PAGE_AT_MOST = 200
# PostgreSQL keeps no NUL, and raises when it is asked for one.
NO_NUL = r"^[^\x00]*$"

Plain = Annotated[str, StringConstraints(pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(pattern=NO_NUL, max_length=200)]

Id = Annotated[int, Path(ge=1, le=ID_AT_MOST)]
Limit = Annotated[int, Query(ge=1, le=PAGE_AT_MOST, description="How many at most.")]
Before = Annotated[int | None, Query(ge=1, le=ID_AT_MOST, description="The `next` of the page before.")]
