"""Records and a plan of their columns to calls, charges, rejects and stated totals."""
