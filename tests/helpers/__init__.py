"""Helpers of the tests. No test file imports from another test file."""
