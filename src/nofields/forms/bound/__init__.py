"""A form with its data, its errors and its HTML."""
