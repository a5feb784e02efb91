"""Forms of the register."""

from ikrar.register.forms.filters import AsOfForm, FiltersForm
from ikrar.register.forms.moves import AnnulForm, MoveForm

__all__ = ["AnnulForm", "AsOfForm", "FiltersForm", "MoveForm"]
