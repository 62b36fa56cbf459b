"""What the parts of a form hold: values that were submitted, or are stored, and the input of the model that they make."""
