"""How the value of one field is asked for: its widget and attributes, and how Python types are read and written."""
