"""What stops an import, and what stops a row."""


class CannotImport(Exception):
    """The whole file cannot be used; the message is one sentence that says what to do."""


class RefusedRow(Exception):
    """This row cannot be used; the message is the sentence for the report."""


class SkippedRow(RefusedRow):
    """This row was never meant to be used; that is no mistake."""


class NothingTaken(Exception):
    """The file was read, but not one of its rows could be used; the message says what to do."""
