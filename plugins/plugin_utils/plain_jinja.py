# Copyright: Terpusat contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jinja that writes what Ansible's engine writes, or gives up; some ten times faster for a device's configuration.

Ansible wraps every value a template touches, so that templates inside of data are found lazily; that costs tens of
milliseconds for one device, more than logging in to it and reading it. Here a variable is looked at once: without a
template in it, it is used as it is, else Ansible resolves it whole. Everything whose meaning might differ from
Ansible's raises, and the caller lets Ansible render; so the two never disagree silently.

What had to be the same as in ansible-core 2.21: `trim_blocks`, filters and tests of collections, iterators that
become lists, values of a lone expression that keep their type, and None that prints nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, Sequence, ValuesView
from typing import Any

from ansible import constants as C  # noqa: N812 (Ansible's own name for it)
from ansible.plugins.loader import filter_loader, test_loader
from jinja2 import FileSystemLoader, StrictUndefined, Template, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import UndefinedError
from jinja2.filters import FILTERS
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.runtime import Context, Macro
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS

#: what Ansible defines besides the variables; used in a template, Ansible has to render it
_ANSIBLES_OWN = frozenset({"lookup", "query", "q", "now", "undef", "omit", "vars", "hostvars", "ansible_managed"})
#: filters and tests to which an undefined value is an ordinary argument; Ansible's own versions know only its markers
_TAKES_UNDEFINED: Mapping[str, Any] = {
    "default": FILTERS["default"],
    "d": FILTERS["d"],
    "defined": TESTS["defined"],
    "undefined": TESTS["undefined"],
}
_MARKS = ("{{", "{%", "{#")
_LITERALS = (int, float, type(None))  # bool is an int
_ONE_PASS = (Iterator, KeysView, ValuesView, ItemsView, range)

_COMMON = frozenset({str, bool, int, list, dict})

Resolve = Callable[[Any], Any]


class NotPlainError(Exception):
    """Only Ansible itself can render this."""


def is_plain(value: Any) -> bool:
    """Whether a variable has no template and nothing encrypted in it, so that its value is what stands there."""
    if isinstance(value, str):
        return not any(mark in value for mark in _MARKS) and not value.startswith("#jinja2:")
    if isinstance(value, Mapping):
        return isinstance(value, dict) and all(is_plain(key) and is_plain(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return all(map(is_plain, value))
    return isinstance(value, _LITERALS)


class _Variable:
    """A variable of the host, resolved when a template first asks for it."""

    __slots__ = ("_resolve", "_value")

    def __init__(self, raw: Any, resolve: Resolve) -> None:
        self._value = raw
        self._resolve: Resolve | None = resolve

    @property
    def value(self) -> Any:
        if self._resolve is not None:
            if not is_plain(self._value):
                self._value = self._resolve(self._value)
            self._resolve = None
        return self._value


class Values:
    """A host's variables; each is looked at, and if need be templated, once."""

    def __init__(self, variables: Mapping[str, Any], resolve: Resolve) -> None:
        """``variables`` as Ansible holds them, ``resolve`` its templating of one value under them."""
        self._raw = variables
        self.context = {name: _Variable(value, resolve) for name, value in variables.items()}

    def __contains__(self, name: str) -> bool:
        return name in self.context

    def raw(self, name: str) -> Any:
        """A variable as Ansible holds it, None without one."""
        return self._raw.get(name)

    def get(self, name: str) -> Any:
        """The value of a variable, None without one. Raises `AnsibleError` when it cannot be templated."""
        found = self.context.get(name)
        return None if found is None else found.value


class _Context(Context):
    def resolve_or_missing(self, key: str) -> Any:
        if key in _ANSIBLES_OWN or key.startswith("template_"):
            raise NotPlainError(f"{key} belongs to Ansible")
        value = super().resolve_or_missing(key)
        return value.value if type(value) is _Variable else value


class _Plugins(dict[str, Any]):
    """Filters or tests by name, as Ansible finds them: its own and those of collections before Jinja's."""

    def __init__(self, loader: Any, builtin: Mapping[str, Any]) -> None:
        super().__init__()
        self._loader, self._builtin = loader, builtin

    def __missing__(self, name: str) -> Any:
        if name in _TAKES_UNDEFINED:
            return _TAKES_UNDEFINED[name]
        try:
            plugin = self._loader.get(name)
        except KeyError:
            plugin = None
        function = plugin.j2_function if plugin else self._builtin[name]
        self[name] = _checked(function)
        return self[name]

    def __contains__(self, name: object) -> bool:
        return self.get(str(name)) is not None

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        _refuse_undefined(arguments)
        _refuse_undefined(options.values())
        return _listed(function(*arguments, **options))

    return call


def _refuse_undefined(values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, Undefined):
            raise UndefinedError("an undefined value is an argument")


def _listed(value: Any) -> Any:
    if type(value) in _COMMON:  # spares the slow test of abstract classes
        return value
    return list(value) if isinstance(value, _ONE_PASS) else value


class _CodeGenerator(NativeCodeGenerator):
    def _output_child_to_const(self, node: nodes.Expr, frame: Any, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):  # a constant None prints nothing only when it is met at run time
            raise nodes.Impossible
        return str(super()._output_child_to_const(node, frame, finalize))

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        parts = list(group)
        return repr(parts[0]) if len(parts) == 1 else repr("".join(map(str, parts)))


def _flat(parts: Iterable[Any]) -> Iterator[Any]:
    for node in parts:
        if type(node) is TemplateModule:
            yield from _flat(node._body_stream)
        elif node is not None:
            yield node


def _concat(parts: Iterable[Any]) -> Any:
    found = list(_flat(parts))
    if len(found) < 2:
        return found[0] if found else None
    return "".join([node if isinstance(node, str) else _text(node) for node in found])


def _text(node: Any) -> str:
    if not isinstance(node, _LITERALS):
        # Containers print their members' representation, and those of tagged values are Ansible's affair.
        raise NotPlainError(f"{type(node).__name__} in a text")
    return str(node)


class PlainEnvironment(SandboxedEnvironment):
    """One for each search path; keeps its compiled templates."""

    context_class = _Context
    code_generator_class = _CodeGenerator
    concat = staticmethod(_concat)

    def __init__(self, search_path: Sequence[str]) -> None:
        super().__init__(
            loader=FileSystemLoader(list(search_path)),
            trim_blocks=True,
            undefined=StrictUndefined,
            extensions=C.DEFAULT_JINJA2_EXTENSIONS,
            auto_reload=False,
            optimized=False,
        )
        self.filters = _Plugins(filter_loader, FILTERS)
        self.tests = _Plugins(test_loader, TESTS)
        self.globals["range"] = range

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:
        if not isinstance(function, Macro):
            _refuse_undefined(arguments)
        result = super().call(context, function, *arguments, **options)
        return result if function is range else _listed(result)


class PlainTemplate:
    """A template file, compiled once."""

    def __init__(self, environment: PlainEnvironment, source: str) -> None:
        self._template: Template = environment.from_string(source)
        self._concat = environment.concat
        self._tail = "\n" * (len(source) - len(source.rstrip("\n")))

    def render(self, values: Values) -> str:
        """The text for a host.

        Raises:
            Exception: Anything; it only means that Ansible has to render, and to word the error if there is one.
        """
        context = self._template.new_context(dict(values.context), shared=False)
        text = self._concat(self._template.root_render_func(context))
        if not isinstance(text, str):
            raise NotPlainError(f"{type(text).__name__} instead of a text")
        # As many newlines at the end as the file has; Jinja takes one away.
        missing = len(self._tail) - (len(text) - len(text.rstrip("\n")))
        return str(text) + "\n" * missing
