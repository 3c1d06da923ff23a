"""The speed figures, as ratios in one run."""
