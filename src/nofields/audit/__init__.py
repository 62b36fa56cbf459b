"""Check CSV, Parquet and Arrow files of any size, and report which values are wrong and why."""
