"""The terminal app. Screens show what the use cases say and hold no rules."""
