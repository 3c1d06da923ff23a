"""The parts a report is put together from, by the names that layouts use. Each is a pure function of the matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from roi_tool.reporting.blocks import Block
from roi_tool.reporting.matter import Matter
from roi_tool.reporting.parts.answer import answer
from roi_tool.reporting.parts.bills import today, today_costs, today_usage
from roi_tool.reporting.parts.budget import budget
from roi_tool.reporting.parts.cash import cash, sensitivity
from roi_tool.reporting.parts.catalogue import catalogue
from roi_tool.reporting.parts.conditions import conditions
from roi_tool.reporting.parts.costs import lines
from roi_tool.reporting.parts.known import assumptions, evidence
from roi_tool.reporting.parts.method import method
from roi_tool.reporting.parts.options import options, options_by_kind
from roi_tool.reporting.parts.risks import change_plan, risks
from roi_tool.reporting.parts.sizing import sizing
from roi_tool.reporting.parts.usage import usage, words_on_options

PARTS: Mapping[str, Callable[[Matter], tuple[Block, ...]]] = {
    "answer": answer,
    "today": today,
    "today_costs": today_costs,
    "today_usage": today_usage,
    "options": options,
    "options_by_kind": options_by_kind,
    "budget": budget,
    "usage": usage,
    "words_on_options": words_on_options,
    "cash": cash,
    "sensitivity": sensitivity,
    "sizing": sizing,
    "change_plan": change_plan,
    "risks": risks,
    "lines": lines,
    "conditions": conditions,
    "catalogue": catalogue,
    "assumptions": assumptions,
    "evidence": evidence,
    "method": method,
}
"""Name in `layout.toml` → function."""

__all__ = ["PARTS"]
