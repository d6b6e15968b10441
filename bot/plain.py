"""The parameters of an ordinary call, sent as one JSON body: far cheaper than the form encoding of python-telegram-bot."""

import json
from collections.abc import Mapping
from typing import Any

import orjson


class PlainData:
    """Stands where python-telegram-bot puts its RequestData, for a call without files; transports read the same four names."""

    __slots__ = ("parameters",)
    contains_files = False
    multipart_data: Mapping[str, Any] = {}

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        self.parameters = {name: value for name, value in parameters.items() if value is not None}

    @property
    def json_parameters(self) -> dict[str, str]:
        """For a transport that sends forms: text as it is, anything else as JSON."""
        return {name: v if isinstance(v, str) else json.dumps(v) for name, v in self.parameters.items()}

    @property
    def body(self) -> bytes:
        """The whole call as JSON; half a surrogate, which no JSON in UTF-8 can hold, goes as its escape."""
        try:
            return orjson.dumps(self.parameters)
        except TypeError:
            return json.dumps(self.parameters).encode()
