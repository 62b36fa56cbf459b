"""Five forms, and an app for each framework that serves them. The documentation shows these files."""
