"""One kind of charge per file, none of which knows another; `roi_tool.rating.stateful` puts them in their order."""
