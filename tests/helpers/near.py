"""Texts similar to valid ones for each kind of rule, and fields with settings of a project's own. Needs no extra."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from nofields import AltinnPassword, Amount, Number
from nofields.check.email import MAILBOXES
from nofields.keys import Phrase
from nofields.rules import AmountRule, EmailRule, NumberRule, PasswordRule, ReferenceRule, Requirement, Rule


class Grouped(Number, separators=" '\u2009]^-", min=-50, max=Decimal("1234.5"), decimals=3): ...


class WholeKroner(Amount, min=None, max=10**6, decimals=0): ...


class Passphrase(AltinnPassword):
    """With requirements that only ``re`` can read."""

    rule = replace(
        AltinnPassword.rule,
        min=4,
        requirements=(
            Requirement(Phrase.PASSWORD_UPPER, r"\d"),
            Requirement(Phrase.PASSWORD_LOWER, r"(?i)[A-F]"),
            Requirement(Phrase.PASSWORD_ONLY_LETTERS_AND_DIGITS, r"(.)\1", absent=True),
        ),
    )


class AnyPassword(AltinnPassword):
    """Without requirements."""

    rule = replace(AltinnPassword.rule, min=2, max=4, requirements=())


#: Fields with settings of a project's own, whose valid and invalid texts the strategies do not know.
OWN = (Grouped, WholeKroner, Passphrase, AnyPassword)
#: Domains, right and wrong, that email-validator changes, rejects, or reads by a setting.
DOMAINS = [
    *("example.com", "EXAMPLE.com", "ex-ample.co.uk", "xn--blbr-roah.no", "xn--a.no", "xn--.no", "1.xn--4dbc.com"),
    *(
        "blåbær.no",
        "BLÅBÆR.no",
        "bla\u030ab\u00e6r.no",
        "ß.de",
        "example\u3002com",
        "ex\uff0eample.no",
        "☃.example.no",
        "😀.no",
    ),
    *("", ".", "no", "localhost", "example.test", "x.local", "a.1", "ex..no", ".example.no", "example.no.", "א1.example.com"),
    *("-a.no", "a-.no", "ab--c.no", "a_b.no", '"a".no', "a,b.no", "a b.no", f"{'e' * 63}.no", f"{'e' * 64}.no"),
    *("[127.0.0.1]", "[IPv6:::1]", "a@example.com", "@example.com", "\u0338example.com", "<b@example.com>"),
    *("a\u00a0.no", "a\nb.no", "a\0.no", "a\u200b.no"),
]
#: Domains with which an address is about as long as it may be, in one of its forms.
_LONG_DOMAINS = st.builds(
    lambda labels, count, end: f"{'.'.join(labels * 20)[:count]}.{end}",
    st.lists(st.sampled_from(["e" * 60, "abc", "å" * 20, "xn--4dbc", "xn--" + "a" * 50 + "-fya"]), min_size=1, max_size=3),
    st.integers(60, 255),
    st.sampled_from(["no", "NO", "xn--p1ai", "рф"]),
)
_LOCAL_PARTS = st.one_of(
    st.text("aZ0._+-", max_size=8),
    st.integers(60, 67).map("a".__mul__),
    st.sampled_from(sorted(MAILBOXES)).flatmap(lambda name: st.sampled_from([name, name.upper(), name.title(), f"{name}s"])),
    st.sampled_from(["o'neill", '"a"', '"a@b"', "a b", "å", "a\u030a", "Ola <ola", "a\n", "", "\u212a", "ınfo", "a/b", "a@b"]),
)
ADDRESSES = st.builds(
    "{}{}@{}{}".format,
    st.sampled_from(["", "", "", " ", "\u00a0\t"]),
    _LOCAL_PARTS,
    st.sampled_from(DOMAINS) | _LONG_DOMAINS,
    st.sampled_from(["", "", "", "  ", "\r\n", "\u202f", "\u3000"]),
)
_GROUPS = st.lists(st.sampled_from(["0", "00", "1", "12", "123", "000", "500", "1234"]), min_size=1, max_size=4)
_MARKS = st.sampled_from([" ", "", ".", ",", "\u00a0", "\u202f", "\u2009", "'", "  ", "\t", "\u200b"])
#: Numbers and amounts in groups, right and wrong, with a currency, a sign or what else may stand around them.
_NUMBERS = st.one_of(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "", "-", "\u2212", "kr ", "KR.", "- ", "\u00ad", " ", "\ufeff-", "kr -"]),
        st.builds(str.join, _MARKS, _GROUPS),
        st.sampled_from(["", "", ",5", ".50", ",500", ",-", ",\u2013", "-", ",", ".0000"]),
        st.sampled_from(["", "", " kr", "kr.", " ", "\u200b\n", " NOK"]),
    ),
    st.text("0123-\u2212,.  \u00a0\u202fx+e'kr]^\u200b", max_size=12),
    st.builds("{}{}".format, st.sampled_from(["1" * 26, "0" * 28, "1" * 60]), st.text("1 ,0", max_size=8)),
)
#: Texts similar to valid ones, by kind of rule.
NEAR: dict[type[Rule], st.SearchStrategy[str]] = {
    EmailRule: ADDRESSES,
    NumberRule: _NUMBERS,
    AmountRule: _NUMBERS,
    PasswordRule: st.text("aZ5", min_size=5, max_size=9)
    | st.text("aZ5! å\u00a0\n", max_size=9)
    | st.integers(100, 130).map(lambda count: ("aB3" * 50)[:count]),
    ReferenceRule: st.text("0123456789-", max_size=40),
}
