"""Audits files: which values of a CSV, Parquet or Arrow file are wrong, and why. Streamed, however large the file."""
