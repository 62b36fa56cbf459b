"""Read the parts and the steps of a form from a pydantic model."""
