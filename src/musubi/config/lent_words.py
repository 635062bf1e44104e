"""Words of Django and allauth that people meet: named here so that our catalogues say them in plain words.

Django reads our catalogues after its own, so what stands there wins; in Japanese theirs are kept. What a field of ours
says stands in `web.design.forms`, what allauth says in `base.accounts.adapter`.
"""

from django.utils.translation import gettext_noop as _

LENT = (
    # Times of day: `config.formats`.
    _("AM"),
    _("PM"),
    _("a.m."),
    _("p.m."),
    # Fields and forms, where nothing of ours stands before them.
    _("This field is required."),
    _("Enter a valid value."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid URL."),
    _("Enter a valid email address."),
    _("Enter a complete value."),
    _("Enter a list of values."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Null characters are not allowed."),
    _("No file was submitted."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("“%(pk)s” is not a valid value."),
    _("%(model_name)s with this %(field_label)s already exists."),
    _(
        "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. "
        "You may need to file a bug report if the issue persists."
    ),
)
