"""Understanding: from the text of a message to an `NluResult`."""
