"""What a form asks: controls, groups, lists and unions of models."""
