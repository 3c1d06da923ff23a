"""Papers out: PDF and XLSX from one list of blocks. Blind to `importing` and `storage`."""
