"""What pydantic's own errors, and those that a project raises in pydantic, say to people."""

from nofields.pydantic_errors.mapping import problem_of
from nofields.pydantic_errors.project_texts import project_text
from nofields.pydantic_errors.table import ERRORS, Entry

__all__ = ["ERRORS", "Entry", "problem_of", "project_text"]
