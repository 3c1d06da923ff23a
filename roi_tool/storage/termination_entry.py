"""Early termination as a case file writes it: a list of terms, each of a kind that says what it needs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from roi_tool.costing.leaving import MAY_HAVE, NEEDS, TerminationKind, TerminationTerm, TerminationTerms
from roi_tool.money import to_nano

_Amount = Annotated[Decimal, Field(ge=0, le=10**9, decimal_places=6)]
_Share = Annotated[Decimal, Field(ge=0, le=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class ShareStep(_Part):
    """The share that holds where at least so many months are left."""

    months_left: Annotated[int, Field(ge=0, le=120)]
    share: _Share


class TermEntry(_Part):
    """One term; see `costing.leaving.TerminationTerm` for what each kind uses."""

    kind: TerminationKind
    share: _Share | None = None
    amount: _Amount | None = None
    pieces: Annotated[int, Field(ge=1, le=100_000)] | None = None
    less: _Amount | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    steps: Annotated[tuple[ShareStep, ...], Field(min_length=1)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _what_the_kind_uses(cls, value: Any) -> Any:
        """See that a term has what its kind needs and nothing that it would pass over in silence."""
        if not isinstance(value, dict) or value.get("kind") not in set(TerminationKind):
            return value
        kind = TerminationKind(value["kind"])
        may = {"kind", *NEEDS[kind], *MAY_HAVE.get(kind, ())}
        wrong = [(name, "termination_needs") for name in NEEDS[kind] if name not in value]
        wrong += [(name, "termination_extra") for name in value if name in cls.model_fields and name not in may]
        if wrong:
            details = [
                InitErrorDetails(
                    type=PydanticCustomError(code, "this kind", {"known": ", ".join(sorted(may))}), loc=(name,), input=kind
                )
                for name, code in wrong
            ]
            raise ValidationError.from_exception_data(cls.__name__, details)
        return value

    def term(self) -> TerminationTerm:
        """Return the domain's value."""
        steps = self.steps or ()
        return TerminationTerm(
            kind=self.kind,
            share=None if self.share is None else float(self.share),
            amount_nano=to_nano(self.amount or Decimal(0)),
            pieces=self.pieces or 1,
            less_nano=to_nano(self.less or Decimal(0)),
            months=self.months or 0,
            steps=tuple((step.months_left, float(step.share)) for step in steps),
        )


class TerminationEntry(_Part):
    """What the old contract asks for: the sum of the terms, at most `cap`."""

    terms: Annotated[tuple[TermEntry, ...], Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    date: dt.date | None = None
    cap: _Amount | None = None

    def terms_of_contract(self) -> TerminationTerms:
        """Return the domain's value."""
        cap = None if self.cap is None else to_nano(self.cap)
        return TerminationTerms(tuple(term.term() for term in self.terms), self.source, self.date, cap)
