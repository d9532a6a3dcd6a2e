"""What sheets call the number of a record: declared once, and understood wherever a record refers to it.

A contract's own list says `合同号` or `Contract No`, and so do the sheets of its receipts, refunds and splits.
"""

from __future__ import annotations

from dataclasses import replace

from salescli.core.records.model import Field, RecordType

NUMBERS: dict[str, tuple[str, ...]] = {
    "contract": ("合同编号", "合同号", "合同单号", "contract number", "contract no", "contract id"),
    "receipt": ("回款编号", "回款单号", "收款编号", "receipt number", "receipt no", "receipt id"),
    "refund": ("退款编号", "退款单号", "退款号", "refund number", "refund no", "refund id"),
    "invoice": ("发票号码", "发票编号", "发票号", "invoice number", "invoice no", "invoice id"),
    "deal": ("商机编号", "商机号", "deal number", "deal no", "deal id"),
    "person": ("工号", "员工编号", "员工号", "employee number", "employee no", "employee id"),
    "customer": ("客户编号", "客户号", "customer number", "customer no", "customer id"),
}


def with_number_names(kind: RecordType) -> RecordType:
    """Return a type whose key, and whose references, know every name of the number they hold.

    Of several references to one type (a manager and a member), and of one to its own type, none is meant more than the
    others: they keep their own names. A name that another field of the type has stays that field's.
    """
    fields = tuple(_named(kind, field) for field in kind.fields)
    return kind if fields == kind.fields else replace(kind, fields=fields)


def _named(kind: RecordType, field: Field) -> Field:
    of = kind.name if kind.key == (field.name,) and not field.ref else field.ref
    if of not in NUMBERS or (field.ref and (of == kind.name or sum(each.ref == of for each in kind.fields) > 1)):
        return field
    taken = {name for each in kind.fields for name in _names(each)}
    more = tuple(name for name in NUMBERS[of] if name not in taken)
    return replace(field, aliases=(*field.aliases, *more)) if more else field


def _names(field: Field) -> tuple[str, ...]:
    """Return every name of a field, as headers are compared."""
    return tuple(name.casefold() for name in (field.title.zh, field.title.en, *field.aliases))
