"""Values: frozen dataclasses that cost nothing to define.

The standard library compiles six functions anew for every frozen class, a third of a millisecond
each time kac starts: with the fifty classes of a checklist that is a third of the whole command.
Here all classes share the same few functions. They do what those of the standard library do;
`fields`, `replace` and `asdict` work as ever. What is not frozen is left to the standard library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from operator import itemgetter

    def dataclass(cls=None, /, *, frozen=False, **options):
        """`dataclasses.dataclass`; a frozen one with shared methods, where that is all it asks."""
        if not frozen or options.keys() - {"slots"}:
            return dataclasses.dataclass(cls, frozen=frozen, **options)
        return _value if cls is None else _value(cls)

    def _value(cls):
        # Without a word of its own the standard library would write one, which takes longest.
        cls.__doc__ = cls.__doc__ or cls.__name__
        made = dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
        listed = dataclasses.fields(made)
        names = tuple(field.name for field in listed)
        made.__init__ = _taking(made, listed, names)
        made.__repr__ = made.__dict__.get("__repr__", _repr)
        made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
        if "__eq__" not in made.__dict__:
            made.__eq__, made.__hash__ = _comparing(names)
        return made

    def _taking(cls, listed, names):
        """`__init__`: values by place or by name, then defaults, then `__post_init__`."""
        assert all(field.init and not field.kw_only for field in listed), cls
        after = getattr(cls, "__post_init__", None)

        def __init__(self, *given, **named):
            held = self.__dict__
            if named or len(given) != len(names):
                given = _complete(cls, listed, names, given, named)
            held.update(zip(names, given, strict=True))
            if after is not None:
                after(self)

        return __init__

    def _complete(cls, listed, names, given, named):
        """Every value in its place; TypeError names what lacks, is strange or is given twice."""
        said = dict(zip(names, given, strict=False))
        strange = [name for name in named if name not in names or name in said]
        if strange or len(given) > len(names):
            raise TypeError(f"{cls.__qualname__}() got unexpected values: {strange or given}")
        said |= named
        for field in listed:
            if field.name in said:
                continue
            if field.default is not dataclasses.MISSING:
                said[field.name] = field.default
            elif field.default_factory is not dataclasses.MISSING:
                said[field.name] = field.default_factory()
        if lacking := [name for name in names if name not in said]:
            raise TypeError(f"{cls.__qualname__}() lacks values: {', '.join(lacking)}")
        return [said[name] for name in names]

    def _comparing(names):
        key = itemgetter(*names) if names else lambda held: ()

        def __eq__(self, other):
            if other.__class__ is not self.__class__:
                return NotImplemented
            return key(self.__dict__) == key(other.__dict__)

        def __hash__(self):
            return hash(key(self.__dict__))

        return __eq__, __hash__

    def _repr(self):
        told = ", ".join(f"{name}={self.__dict__[name]!r}" for name in type(self).__match_args__)
        return f"{type(self).__qualname__}({told})"

    def _refuse_to_set(self, name, value):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_to_delete(self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
