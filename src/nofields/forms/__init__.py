"""Accessible HTML forms from pydantic models of nofields types, for every web framework. Needs the extra ``web``.

>>> from pydantic import BaseModel
>>> from nofields import OrganisationNumber
>>> class Company(BaseModel):
...     orgnr: OrganisationNumber
>>> bound = Form(Company).bind({"orgnr": "974 760 674"}, "en")
>>> [(error.id, error.message) for error in bound.errors]
[('orgnr', 'Enter a valid organisation number (9 digits).')]
"""

from nofields.extras import importing

with importing("web", __name__):
    from nofields.forms.bound import Bound
    from nofields.forms.error import FormError
    from nofields.forms.file_types import FileType
    from nofields.forms.form import Form
    from nofields.forms.own_widgets import OwnWidget
    from nofields.forms.steps import Step
    from nofields.forms.uploads import Upload

__all__ = ["Bound", "FileType", "Form", "FormError", "OwnWidget", "Step", "Upload"]
