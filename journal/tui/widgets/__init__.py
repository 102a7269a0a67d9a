"""The pieces screens are made of; one widget a file."""
