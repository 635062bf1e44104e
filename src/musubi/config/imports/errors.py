"""What stops an import, and what stops a row."""


class CannotImport(Exception):
    """The whole file cannot be used; the message is one sentence that says what to do."""


class RefusedRow(Exception):
    """This row cannot be used; the message is the sentence for the report."""
