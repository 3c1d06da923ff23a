"""Findings as values: what was found, how bad it is, and where.

A room that meets bad input returns `Problem`s; it never prints and never words them. `wording` turns a code into a
sentence in the user's language. This room must know nothing of any other.
"""

from roi_tool.problems.problem import Problem, ProblemError, Severity, Where

__all__ = ["Problem", "ProblemError", "Severity", "Where"]
