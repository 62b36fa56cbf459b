"""A form with steps and its data."""
