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
    from nofields.forms.bound.answers import Answer, AnsweredStep
    from nofields.forms.bound.bound import Bound
    from nofields.forms.bound.bound_control import BoundControl
    from nofields.forms.bound.bound_step import BoundStep
    from nofields.forms.error import FormError
    from nofields.forms.files.file_types import FileType
    from nofields.forms.files.uploads import Upload
    from nofields.forms.form import Form
    from nofields.forms.model.steps import Step
    from nofields.forms.parts.controls import Control
    from nofields.forms.types.own_widgets import OwnWidget

__all__ = [
    "Answer",
    "AnsweredStep",
    "Bound",
    "BoundControl",
    "BoundStep",
    "Control",
    "FileType",
    "Form",
    "FormError",
    "OwnWidget",
    "Step",
    "Upload",
]
