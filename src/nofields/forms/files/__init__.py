"""Files that are sent with a form."""
