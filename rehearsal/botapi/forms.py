"""A request's or an answer's body, whatever its encoding: JSON, urlencoded, multipart."""

import asyncio
from typing import Any
from urllib.parse import parse_qsl

import aiohttp
import orjson
from aiohttp.base_protocol import BaseProtocol
from multidict import CIMultiDict, CIMultiDictProxy

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.parameters import Upload


async def read_form(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The parameters and the files; a body of another type holds none."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return {}, {}
    if kind == "application/json":
        return _json(body), {}
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), {}
    if kind == "multipart/form-data":
        return await _multipart(content_type, body)
    return {}, {}


def _json(body: bytes) -> dict[str, Any]:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(read, dict):
        raise bad_request("JSON object expected")
    return read


async def _multipart(content_type: str, body: bytes) -> tuple[dict[str, Any], dict[str, Upload]]:
    stream = _stream(body)
    headers = CIMultiDictProxy(CIMultiDict({"Content-Type": content_type}))
    values: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    try:
        async for part in aiohttp.MultipartReader(headers, stream):
            if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
                continue
            content = bytes(await part.read(decode=True))
            if part.filename is None:
                values[part.name] = content.decode("utf-8", "replace")
            else:
                mime_type = part.headers.get("Content-Type", "")
                files[part.name] = Upload(part.filename, content, mime_type)
    except (ValueError, AssertionError, RuntimeError):
        raise bad_request("can't parse the multipart body") from None
    return values, files


def _stream(body: bytes) -> aiohttp.StreamReader:
    loop = asyncio.get_running_loop()
    stream = aiohttp.StreamReader(BaseProtocol(loop), limit=2**16, loop=loop)
    stream.feed_data(body)
    stream.feed_eof()
    return stream
