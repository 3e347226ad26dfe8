"""How the processes log: one line an event, without anybody's number, name or words."""

from __future__ import annotations

import logging
import sys

import structlog


def log_plainly(least: int = logging.INFO) -> None:
    """One line an event: coloured for a person at a terminal, JSON for a machine."""
    shown: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
