"""The libraries of tags that Django finds by their names."""
