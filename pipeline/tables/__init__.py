"""Events as tables that people load: a spreadsheet's, Parquet, and the view of the coding schemes CAMEO and PLOVER."""
