"""How the sample bills are made: seeded, and without a line of roi_tool, so that the known totals are independent proof."""
