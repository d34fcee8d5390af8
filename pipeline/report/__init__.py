"""What people open: the table of events as CSV and the page that shows them in their articles."""
