"""Lists that people bring: CSV and XLSX files, their headings and their cells."""
