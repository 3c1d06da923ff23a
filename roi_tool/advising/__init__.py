"""Deployment fit, sweet spot, customer risk, value-adds, compliance. Must not know screens or papers.

Nothing stands here yet: advice comes in a later step. The room exists so that no wall has to move.
"""
