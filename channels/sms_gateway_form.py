"""An SMS as a gateway wants it: an address, headers and a body in which `{text}` is the text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from yarl import URL

PLACEHOLDERS = ("to", "to_digits", "text", "template_id", "header", "entity_id", "key")
_PLACEHOLDER = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Outbound:
    """How a gateway takes an SMS; `{to}`, `{text}` and the like stand for what is sent."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)
    id_path: str = ""  # of our message's id in the answer; empty: the answer is the id

    @property
    def is_json(self) -> bool:
        """Whether the body goes as JSON, as the content type says."""
        kinds = (it for name, it in self.headers.items() if name.lower() == "content-type")
        return any("json" in kind.lower() for kind in kinds)

    def call(self, values: Mapping[str, str]) -> tuple[URL, dict[str, str], str | None]:
        """The address, the headers and the body of one call."""
        in_path = {name: quote(it, safe="") for name, it in values.items()}
        url = _filled(self.url, in_path)
        # A line's end in a header would begin another one.
        headers = {name: " ".join(_filled(it, values).split()) for name, it in self.headers.items()}
        fields = _all_filled(self.body, values)
        if self.method == "GET":
            query = _as_form(fields)
            between = "" if not query else "&" if "?" in url else "?"
            return URL(f"{url}{between}{query}", encoded=True), headers, None
        if self.is_json:
            return URL(url, encoded=True), headers, json.dumps(fields, ensure_ascii=False)
        if not any(name.lower() == "content-type" for name in headers):
            headers["Content-Type"] = _FORM
        return URL(url, encoded=True), headers, _as_form(fields)


def _filled(template: str, values: Mapping[str, str]) -> str:
    # In one go: what a person wrote may itself look like {key}.
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], template)


def _all_filled(template: Mapping[str, object], values: Mapping[str, str]) -> dict[str, object]:
    def fill(it: object) -> object:
        if isinstance(it, str):
            return _filled(it, values)
        if isinstance(it, Mapping):
            return {name: fill(below) for name, below in it.items()}
        return [fill(below) for below in it] if isinstance(it, list) else it

    return {name: fill(it) for name, it in template.items()}


def _as_form(fields: Mapping[str, object]) -> str:
    texts = {name: it if isinstance(it, str) else json.dumps(it) for name, it in fields.items()}
    return URL.build(query=texts).raw_query_string
