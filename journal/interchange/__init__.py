"""Leaving and entering the journal."""
