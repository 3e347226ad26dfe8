"""Sample data: a company's worth of invented consumers, bills and payments, the same every time."""
