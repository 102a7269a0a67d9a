"""What an export says."""

from __future__ import annotations

NOTHING_YET = "There is nothing to export yet."
NOTHING_SHARED = "There is nothing shared to export: no file was written."
NOT_SHARED = "Nothing in {id} is shared."
NOT_SHARED_HINT = "What others may see is chosen when it is sealed."
PREVIEW_FILE = "────  {name}"
WRITTEN = "Wrote {files} to {place}."
UNCHANGED = "{files} in {place} did not need to change."
ONE_FILE = "1 file"
FILES = "{count} files"

FOLDER_IS_FILE = "{path} is a file, and the export needs a folder."
FOLDER_IS_FILE_HINT = "Name a folder, or write everything into one file with --single."
FILE_IS_FOLDER = "{path} is a folder, and the export needs a file."
FILE_IS_FOLDER_HINT = "Name a file, such as {example}."
NOT_OURS = "{path} is there already and was not written by Bothways."
NOT_OURS_HINT = "Move it away, or export to another place."
ANOTHER_PLACE = "Choose another place to export to; nothing that was stored is lost."

NO_TEMPLATE = "{path}: this template is missing."
NO_TEMPLATE_HINT = "Install Bothways again, or put a template of this name there."
NO_VARIABLE = "there is no variable “{name}”."
NO_VALUE = "a value is used that is not there."
NO_FILE = "there is no template{name} in the export folders."
FORBIDDEN = "the template reaches for something it may not use."
FAILED = "the template failed ({kind})."
TEMPLATE_HINT = "A page's template may use: page. The one for a single file: book."

DAMAGED_MARK = "Line {line}: this mark of an exported text is damaged or never closed."
DAMAGED_MARK_HINT = "Export the journal again, or take the text from the file by hand."


def files(count: int) -> str:
    """`1 file`, `3 files`."""
    return ONE_FILE if count == 1 else FILES.format(count=count)
