"""Templates over the API."""

from typing import Annotated, Self

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from leadline.errors import NotFound, UnknownTemplate
from leadline.rules import template as rules
from leadline.store import audit, templates
from leadline.web.api.auth import Caller
from leadline.web.problems import documented

router = APIRouter(tags=["templates"])

Name = Annotated[str, Path(pattern=r"^[a-z0-9_-]{1,64}$")]


