"""Tests in real and pseudo-terminals."""
