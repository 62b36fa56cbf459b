"""Stores of registrations, settings and connections."""
