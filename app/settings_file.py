"""Read config.yaml strictly: two levels, plain values, a line number for each, one sentence when something is wrong.

YAML is read as YAML 1.2 reads it: `no` is a word, `010` is not eight, `12:30` is not seven hundred and fifty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from app.errors import WrongSettings
from app.settings_words import shown

LARGEST_FILE = 64 * 1024  # bytes; ours has about five thousand
DEEPEST = 3  # the document, a section, a value of it: anything deeper is refused later, by name

WHOLE_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
NUMBER = re.compile(r"[-+]?[0-9]+\.[0-9]*([eE][-+]?[0-9]+)?")
TAB_INDENT = re.compile(r" *\t")
UNWRITTEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "with a byte-order mark", b"\xff\xfe": "as UTF-16", b"\xfe\xff": "as UTF-16"}


@dataclass(frozen=True)
class SettingsFile:
    """What a file says: values by section and key, and the line (from 1) of each section and of each key."""

    name: str
    sections: dict[str, dict[str, object]] = field(default_factory=dict)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def at(self, *place: str) -> str:
        """`config.yaml, line 12`."""
        return f"{self.name}, line {self.lines[place]}"


def read_settings_file(path: Path) -> SettingsFile:
    """Read the file, or raise WrongSettings with the sentence that says what is wrong and where."""
    text = _decode(path.name, _load(path))
    _refuse_what_yaml_cannot_hold(path.name, text)
    try:
        _refuse_tricks(path.name, text)
        return _sections(path.name, yaml.compose(text, Loader=yaml.SafeLoader))
    except yaml.MarkedYAMLError as wrong:
        raise WrongSettings(_not_yaml(path.name, wrong)) from None


def _load(path: Path) -> bytes:
    if path.is_dir():
        raise WrongSettings(f"{path} is a folder; give the path of a configuration file such as config.yaml.")
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise WrongSettings(f"There is no file {path}; correct the path after --config, or leave it out.") from None
    except OSError as reason:
        why = reason.strerror or "unknown reason"
        raise WrongSettings(f"The file {path} cannot be read ({why}); check its owner and permissions.") from None
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024
        raise WrongSettings(f"{path.name} is larger than {limit} KiB, too large for a configuration; check the path.")
    return content


def _decode(name: str, content: bytes) -> str:
    for mark, how in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            raise WrongSettings(f'{name}, line 1: the file is saved {how}; save it again as "UTF-8" without a mark.')
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise WrongSettings(f'{name}, line {line}: this is not UTF-8 text; save the file again as "UTF-8".') from None


def _refuse_what_yaml_cannot_hold(name: str, text: str) -> None:
    found = UNWRITTEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise WrongSettings(f"{name}, line {line}: an invisible control character is in the way; delete it.")
    for line, written in enumerate(text.splitlines(), start=1):
        if TAB_INDENT.match(written) and written.strip():
            raise WrongSettings(f"{name}, line {line}: the line is indented with a tab; use two spaces instead.")


def _refuse_tricks(name: str, text: str) -> None:
    """Walk the events before anything is built: an alias bomb or a deep nest costs nothing."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        where = f"{name}, line {event.start_mark.line + 1 if event.start_mark else 1}"
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            raise WrongSettings(f"{where}: & and * names are not accepted here; write the value itself.")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
            raise WrongSettings(f"{where}: the tag {shown(event.tag)} is not accepted here; write a plain value.")
        if depth > DEEPEST:
            raise WrongSettings(f"{where}: settings are nested too deep; write sections, then `key: value` lines.")
        if documents > 1:
            raise WrongSettings(f"{where}: a second document begins (---); keep one document in the file.")


def _sections(name: str, root: yaml.Node | None) -> SettingsFile:
    read = SettingsFile(name)
    if root is None or (isinstance(root, yaml.ScalarNode) and _value(root) is None):
        return read
    if not isinstance(root, yaml.MappingNode):
        line = root.start_mark.line + 1
        raise WrongSettings(f"{name}, line {line}: the file must be made of sections such as `web:`; see config.yaml.")
    for key, node in _pairs(read, root):
        read.sections[key] = _section(read, key, node)
    return read


def _section(read: SettingsFile, section: str, node: yaml.Node) -> dict[str, object]:
    if isinstance(node, yaml.ScalarNode) and _value(node) is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise WrongSettings(
            f"{read.at(section)}: {shown(section)} takes no value of its own;"
            " sections hold `key: value` lines, indented by two spaces."
        )
    return {key: _value(value) for key, value in _pairs(read, node, section)}


def _pairs(read: SettingsFile, node: yaml.MappingNode, *above: str) -> list[tuple[str, yaml.Node]]:
    """Keys and values in order, their lines noted; a key written twice is refused."""
    pairs = []
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise WrongSettings(f"{read.name}, line {line}: a key must be one plain word.")
        place = (*above, key.value)
        if place in read.lines:
            raise WrongSettings(
                f"{read.name}, line {line}: {shown('.'.join(place))} is already given at line {read.lines[place]};"
                " keep one of the two."
            )
        read.lines[place] = line
        pairs.append((key.value, value))
    return pairs


def _value(node: yaml.Node) -> object:
    """A scalar as YAML 1.2 understands it; a list or a mapping as Python's, for the sentence that refuses it."""
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style else _plain(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return {str(key.value): _value(value) for key, value in node.value}


def _plain(text: str) -> object:
    if text.lower() in ("", "~", "null"):
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else text


def _not_yaml(name: str, wrong: yaml.MarkedYAMLError) -> str:
    mark = wrong.problem_mark or wrong.context_mark
    where = f"{name}, line {mark.line + 1}" if mark else name
    if "'\\t'" in str(wrong.problem):
        return f"{where}: a tab is in the way; use spaces instead."
    return (
        f"{where}: this is not YAML ({wrong.problem or wrong.context});"
        " look for a missing space after a colon, an open quote or a wrong indentation, there or just above."
    )
