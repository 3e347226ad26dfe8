"""`docs/settings.md`, written from the settings themselves: `python -m app.settings_page`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.configuration import is_secret, section_of
from app.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

HEAD = """\
# Settings

Every key, as `config.yml` and the environment know it. This page is written by
`python -m app.settings_page` from `app/settings.py`; a test keeps it current.

- A key is set in `config.yml`, or by environment as `BIJLI_` and its path joined with `__`:
  `server.port` is `BIJLI_SERVER__PORT`. The environment wins. `BIJLI_CONFIG` names another file.
- Secrets come only from the environment, or from a file named there:
  `BIJLI_CHANNELS__TELEGRAM__TOKEN_FILE=/run/secrets/telegram`. A list of them is separated by
  commas, the newest first.
- NAME is a name of your choice, upper case in the environment for a lower-case name. Other maps and
  lists may be given whole as JSON. An empty value means the default.
- An unknown key or a wrong value stops the start and is named.
- Relative paths count from the configuration file's folder.
- `BIJLI_NOW` (ISO 8601) fixes the time for `bijli nlu`.
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    for key, field in _rows(Settings):
        if section_of(field.annotation)[0] is not None:
            sections.append((key, field.description or "", []))
        else:
            # A key of the top stands apart from the section before it.
            own = sections[-1] if key.startswith(f"{sections[-1][0]}.") else sections[0]
            own[2].append(f"| `{key}` | {_default(field)} | {field.description} |")
    for key, description, rows in sections:
        if rows:
            title = f"## `{key}`\n\n{description}\n" if key else "## At the top\n"
            lines += [title, "| key | default | |", "|---|---|---|", *rows, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Keys and sections in their order; a section's own keys stand before the sections in it."""
    fields = [(it.alias or name, it) for name, it in model.model_fields.items()]
    for name, field in fields:
        if section_of(field.annotation)[0] is None:
            yield f"{path}{name}", field
    for name, field in fields:
        section, of_names = section_of(field.annotation)
        if section is not None:
            here = f"{path}{name}.NAME" if of_names else f"{path}{name}"
            yield here, field
            yield from _rows(section, f"{here}.")


def _default(field: FieldInfo) -> str:
    if is_secret(field.annotation):
        return "secret"
    if field.is_required():
        return "needed"
    default = field.get_default(call_default_factory=True, validated_data={})
    if default is None or default == "" or isinstance(default, Mapping):
        return ""
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    return f"`{shown}`"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"Wrote {PAGE.name}.\n")
