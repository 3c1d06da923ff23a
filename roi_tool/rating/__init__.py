"""The one engine: prices calls under a tariff, exactly, on whole columns. Must not know files, papers, catalogues or Qt.

>>> from roi_tool.cdr.schema import make_calls
>>> from roi_tool.tariff import DeckEntry, Rate, Tariff
>>> tariff = Tariff(
...     id="uk", currency="GBP",
...     rates=(Rate.per_minute("landline", "0.012", "60/1"), Rate.per_minute("mobile", "0.035", "1/1", connect_fee="0.02")),
...     deck=(DeckEntry("44", "landline"), DeckEntry("447", "mobile")),
... )
>>> numbers, lasting = ["442079460000", "447700900123"], [61_000, 90_000]
>>> calls = make_calls({"start": ["2026-05-04T09:00:00Z"] * 2, "called": numbers, "duration_ms": lasting})
>>> rated = rate_calls(calls, compile_tariff(tariff))
>>> rated.frame[["rate_id", "prefix", "billed_ms", "charge_nano"]].values.tolist()
[['landline', '44', 61000, 12200000], ['mobile', '447', 90000, 72500000]]
>>> rated.rated, rated.unrated, rated.charge_nano
(2, 0, 84700000)
"""

from roi_tool.rating.below_cost import LossMaker, below_cost, loss_makers
from roi_tool.rating.call_story import CallStory, follow_call
from roi_tool.rating.carried import AccountMonths, AllowanceLeft, Carried
from roi_tool.rating.columns import CallColumns
from roi_tool.rating.compiled import CompiledTariff, compile_tariff
from roi_tool.rating.engine import rate_calls, rate_columns
from roi_tool.rating.explain import explain
from roi_tool.rating.question import CallPrice, price_call
from roi_tool.rating.rated import RatedCalls, RatedColumns
from roi_tool.rating.stateful import PeriodCharge

__all__ = [
    "AccountMonths",
    "AllowanceLeft",
    "CallColumns",
    "CallPrice",
    "CallStory",
    "Carried",
    "CompiledTariff",
    "LossMaker",
    "PeriodCharge",
    "RatedCalls",
    "RatedColumns",
    "below_cost",
    "compile_tariff",
    "explain",
    "follow_call",
    "loss_makers",
    "price_call",
    "rate_calls",
    "rate_columns",
]
