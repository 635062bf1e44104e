"""What a service could not take, shown at the fields of the form it came from."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from musubi.web.design.forms import Form


def show_refused(form: Form, refusal: ValidationError) -> None:
    """Put each sentence at its field; what the form has no field for stands above it."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal.messages)
        return
    for name, sentences in refusal.message_dict.items():
        at = name if name != NON_FIELD_ERRORS and name in form.fields else None
        form.add_error(at, sentences)
