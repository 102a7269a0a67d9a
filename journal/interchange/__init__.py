"""Leaving and entering the journal."""

from __future__ import annotations

from journal.interchange.exporter import Exporter, ExportReport

__all__ = ["ExportReport", "Exporter"]
