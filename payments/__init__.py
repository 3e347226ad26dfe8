"""Money in: links, what the gateway says is true, the ledger, receipts."""
