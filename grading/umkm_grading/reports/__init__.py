"""Reports of a class: grades, item analysis, workbooks and CSV files."""
