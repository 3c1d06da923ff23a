"""The one engine: prices calls under a tariff, exactly, on whole columns. Must not know files, papers, catalogues or Qt."""
