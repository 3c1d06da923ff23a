"""Deployment fit, sweet spot, customer risk, value-adds, compliance. Must not know screens or papers.

Nothing stands here yet: the advice of METHOD.md is a later issue. The room exists so that no wall has to move.
"""
