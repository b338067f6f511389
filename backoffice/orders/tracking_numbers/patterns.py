"""What couriers' tracking numbers look like: one row for each form.

Add a courier by adding a row, or, for one installation, by a row of TRACKING_PATTERNS (own.py).

`form` is a regular expression on the number in capitals without spaces. With a `checksum` (a name
in checksums.py) it has the groups `body` and `check`. Forms and check digits are the
couriers' public formats, and agree with the 94 sample numbers the tests read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from backoffice.orders.tracking_numbers.checksums import CHECKSUMS


@dataclass(frozen=True)
class Pattern:
    """One form of one courier's numbers. Raises ValueError when it contradicts itself."""

    courier: str
    form: str
    checksum: str = ""
    compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        compiled = re.compile(self.form, re.ASCII | re.IGNORECASE)
        groups = set(compiled.groupindex)
        if self.checksum and (self.checksum not in CHECKSUMS or groups != {"body", "check"}):
            raise ValueError(
                f"{self.courier}: {self.form} has no such checksum or no groups for it"
            )
        object.__setattr__(self, "compiled", compiled)


def courier_name(said: str) -> str:
    """A courier's name as `Pattern.courier` has it: "Canada Post" is "canada_post"."""
    return re.sub(r"[\s-]+", "_", said.strip().lower())


# Postal operators that issue UPU S10 numbers, under the names carriers are fed with.
POSTAL = frozenset(
    """australiapost australia_post bpost canada_post canadapost correios china_post chinapost
    colissimo deutsche_post dhl_parcel_de hermes japan_post korea_post la_poste laposte postat
    postnl posti poste_italiane royal_mail singapore_post spring swiss_post usps
    usps_international yunexpress""".split()
)
S10 = "s10"
# Names under which one courier's numbers are fed.
ALIASES = {
    "canadapost": "canada_post",
    "dhl_express": "dhl",
    "dhl_ecommerce": "dhl",
    "mydhl": "dhl",
    "dhl_universal": "dhl",
    "usps_international": "usps",
}

PATTERNS = (
    Pattern(S10, r"[A-Z]{2}(?P<body>\d{8})(?P<check>\d)[A-Z]{2}", "s10"),
    Pattern("ups", r"1Z(?P<body>[A-Z0-9]{15})(?P<check>\d)", "mod10_by_one_and_two"),
    Pattern("ups", r"[AHJKTV](?P<body>\d{9})(?P<check>\d)", "mod10_by_one_and_two"),
    # FedEx Express: 12 digits alone, or inside the 34 and 32 digits of its labels.
    Pattern("fedex", r"(?P<body>\d{11})(?P<check>\d)", "mod11_then_10"),
    Pattern("fedex", r"1[01]\d{18}(?P<body>\d{13})(?P<check>\d)", "mod11_then_10"),
    Pattern("fedex", r"\d{16}(?P<body>\d{11})(?P<check>\d)\d{4}", "mod11_then_10"),
    # FedEx Ground: 15 digits, SSCC-18, the 96 labels, SmartPost.
    Pattern("fedex", r"(?P<body>\d{14})(?P<check>\d)", "gs1"),
    Pattern("fedex", r"(?P<body>\d{17})(?P<check>\d)", "gs1"),
    Pattern("fedex", r"96\d{5}(?P<body>\d{14})(?P<check>\d)", "gs1"),
    Pattern("fedex", r"96\d{18}(?P<body>\d{13})(?P<check>\d)", "mod11_then_10"),
    Pattern("fedex", r"(?P<body>92\d{19})(?P<check>\d)", "gs1"),
    Pattern("fedex", r"(?P<body>61\d{17})(?P<check>\d)", "gs1_with_92"),
    # USPS: service types of 20 digits, and IMpb with or without the 420 + ZIP routing.
    Pattern("usps", r"(?P<body>(?:0[0-9]|23|7[0-9]|8[1-3])\d{17})(?P<check>\d)", "gs1"),
    Pattern("usps", r"(?:420\d{5}(?:\d{4})?)?(?P<body>9[1-5]\d{19}(?:\d{4})?)(?P<check>\d)", "gs1"),
    Pattern("dhl", r"(?P<body>\d{9,10})(?P<check>\d)", "mod7"),
    Pattern("dhl", r"J[A-Z]{2,3}\d{9,10}"),
    Pattern("dhl", r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)\d{10,39}"),
    Pattern("dhl", r"60\d{12}"),
    Pattern("amazon", r"TB[ABCM]\d{12}"),
    Pattern("amazon", r"C1\d{9}"),
    Pattern("canada_post", r"(?P<body>\d{15})(?P<check>\d)", "gs1"),
    Pattern("canpar", r"[CDKLSUXZ]\d{21}"),
    Pattern("dpd", r"(?P<body>\d{14}|\d{27})(?P<check>[0-9A-Z])", "mod37_36"),
    Pattern("gofo", r"GFUS\d{14}"),
    Pattern("landmark", r"LTN\d{8}N1"),
    Pattern("lasership", r"L[AEHIX][12]\d{7}"),
    Pattern("lasership", r"1LS7[12]\d{10}"),
    Pattern("lasership", r"1LS7[12]\d{2}01[1-4]\d{6}-1"),
    Pattern("lasership", r"1LSCX[A-Z0-9]{10}"),
    Pattern("old_dominion", r"(?P<body>(?:77[78]|072)\d{7})(?P<check>\d)", "luhn"),
    Pattern("old_dominion", r"(?P<body>80\d{8})(?P<check>\d)", "luhn"),
    Pattern("ontrac", r"(?P<body>[CD]\d{13})(?P<check>\d)", "mod10_by_two_and_one"),
    Pattern("purolator", r"(?P<body>[0-5]\d{10})(?P<check>\d)", "luhn"),
    Pattern("purolator", r"[A-Z]{3}\d{9}"),
    Pattern("speedee", r"SP\d{18}"),
    Pattern("yodel", r"JJ?D\d{16}"),
    Pattern("yunexpress", r"YT\d{16}"),
)
