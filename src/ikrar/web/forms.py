"""Forms in the project's look: labels above, hints, errors beside the field and in a summary."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws every form with the templates in `web/forms` and `django/forms/widgets`."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
