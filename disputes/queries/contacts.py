"""Finding contact data in a text: e-mail addresses, links, telephone numbers. Pure.

What is found is judged by form, so the numbers a dispute is about are left alone: order and
tracking numbers, case ids, amounts, dates. Digits and letters that only look otherwise, spelt-out
signs ("ann at example dot com") and digits in words are read as what they say. In doubt a long
number without any sign of being a telephone's stays; a Chinese mobile number (eleven digits from
13 to 19) is one, unless a word before it says that it is an order's or a parcel's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from backoffice.common.money import CODES
from disputes.queries.plain_text import plain


class Contact(StrEnum):
    """A kind of contact data: the `contact` input of the rulebook's *Contact data* table."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    LINK = "LINK"


class Found(NamedTuple):
    """Where in a text contact data stands, and of which kind."""

    start: int
    end: int
    kind: Contact


def contacts(text: str) -> list[Found]:
    """The contact data in `text`, in order, none overlapping another."""
    read, at = plain(text)
    spaced = read.replace("_", " ")
    found: list[Found] = []
    for each in (*_emails(read), *_links(read), *_phones(spaced), *_spelt_phones(spaced)):
        if not any(each.start < other.end and other.start < each.end for other in found):
            found.append(each)
    return sorted(Found(at[f.start], at[f.end - 1] + 1, f.kind) for f in found)


# Letters of alphabets, so that Chinese words before an address do not become part of it.
_L = r"a-zà-öø-ÿĀ-ɏͰ-ϿЀ-ӿ"
_LABEL = rf"[{_L}0-9](?:[{_L}0-9-]{{0,61}}[{_L}0-9])?"
_AT = r"\s?@\s?|\s?[(\[{]\s?(?:at|@)\s?[)\]}]\s?"
_DOT = r"\.|\s?[(\[{]\s?(?:dot|\.)\s?[)\]}]\s?"
_HOST = rf"[{_L}0-9\u4e00-\u9fff][{_L}0-9\u4e00-\u9fff-]{{0,61}}"
# What stands before the sign, looked for only where there is one with a host behind it.
LONGEST_LOCAL = 65
_LOCAL = re.compile(
    rf"[{_L}0-9](?:[{_L}0-9._%+'-]{{0,{LONGEST_LOCAL - 2}}}[{_L}0-9_])?\Z", re.IGNORECASE
)
_EMAIL = re.compile(
    rf"(?:{_AT})(?:{_HOST}(?:{_DOT})){{1,6}}(?:[a-zà-ÿЀ-ӿ]{{2,24}}(?![{_L}0-9])|中国|公司|网络)",
    re.IGNORECASE,
)
# Spelt otherwise: "ann at example dot com", "ann@example . com", "ann#qq,com", "ann艾特qq点com".
_ENDING_WORD = r"(?:com|net|org|info|biz|cn|ru|de|fr|uk|eu|br|jp|kr|io|me)"
_SAID_DOT = r"\s+dot\s+"
_ANY_DOT = rf"(?:\s?[.,·]\s?|\s?[(\[{{<]\s?(?:dot|\.)\s?[)\]}}>]\s?|\s?点\s?|{_SAID_DOT})"
_SAID_AT = r"(?<!\s)\s+at\s+"
_ANY_AT = rf"(?:{_AT}|\s?<\s?at\s?>\s?|\s?(?:艾特|圈a)\s?)"
_MAILERS = (
    r"(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|proton|protonmail|gmx|aol"
    r"|yandex|qq|foxmail|163|126|139|189|yeah|sina|sohu|aliyun|mail|web)"
)
_NAME, _OVER = rf"[{_L}0-9][{_L}0-9-]{{0,61}}", rf"(?![{_L}0-9])"
_SPELT_EMAILS = tuple(
    re.compile(pattern + _OVER, re.IGNORECASE)
    for pattern in (
        rf"{_ANY_AT}(?:{_NAME}{_ANY_DOT}){{1,4}}{_ENDING_WORD}",
        rf"(?:{_SAID_AT}|\s?[#*&]\s?){_MAILERS}{_ANY_DOT}{_ENDING_WORD}",
        rf"{_SAID_AT}{_NAME}(?:{_SAID_DOT}{_NAME}){{0,2}}{_SAID_DOT}{_ENDING_WORD}",
        rf"{_ANY_AT}{_MAILERS}",
    )
)


# Without one of these there is no address, however spelt: most texts are done with here.
_SOME_AT = re.compile(r"[@#*&]|(?<![a-z])at(?![a-z])|艾特|圈a", re.IGNORECASE)


def _emails(text: str) -> Iterator[Found]:
    if not _SOME_AT.search(text):
        return
    for pattern in (_EMAIL, *_SPELT_EMAILS):
        end = 0
        for match in pattern.finditer(text):
            first = max(end, match.start() - LONGEST_LOCAL)
            if local := _LOCAL.search(text, first, match.start()):
                end = match.end()
                yield Found(local.start(), end, Contact.EMAIL)


# What an address may hold, up to a space, a quotation mark or Chinese.
_REST = r"[^\s<>\"'“”‘’，。；：！？（）【】、\u4e00-\u9fff]"
_WITH_SCHEME = re.compile(
    rf"(?<![{_L}0-9])(?:(?:https?|ftp|hxxps?|tg|weixin|whatsapp)\s?:\s?//|mailto:|www\.)"
    rf"{_REST}*[{_L}0-9/=_-]",
    re.IGNORECASE,
)
# Endings of domains that are common; a word that ends a sentence without a space is not one.
_ENDINGS = frozenset(
    "com net org info biz app dev shop store online site xyz top club vip live link click cc tv"
    " pro wang ltd group work tech space website fun icu ink mobi name asia eu cn hk tw mo jp kr"
    " sg th vn ph id pk lk ru ua by kz su de fr nl ch pl cz sk hu ro bg gr tr il ae sa uk ie"
    " dk se fi ca mx br cl pe uy za ng ke eg au nz io ai ly gl gg sh im gd page chat 中国 公司 网络"
    " 网址 商城 рф".split()
)
# These are words as well: "it broke.it was" holds no link, "t.me/seller" and "a-b.it" do.
_WORDS = frozenset("it in is me to no so my at be am as us do la ma es pt co".split())
_DOMAIN = re.compile(
    rf"(?<![{_L}0-9@._-])((?:{_LABEL}\.){{1,6}})([a-zЀ-ӿ]{{2,8}}|[\u4e00-\u9fff]{{2}})"
    rf"(?![{_L}0-9-])(?!\.[{_L}0-9])(:\d{{2,5}})?(/{_REST}*[{_L}0-9/=_-]|/)?",
    re.IGNORECASE,
)
_SPELT_DOMAIN = re.compile(
    rf"(?<![{_L}0-9@._-]){_NAME}(?:\s?[(\[{{<]\s?(?:dot|\.)\s?[)\]}}>]\s?|点|{_SAID_DOT})"
    rf"{_ENDING_WORD}{_OVER}(?:/{_REST}*[{_L}0-9/=_-])?",
    re.IGNORECASE,
)


def _links(text: str) -> Iterator[Found]:
    for match in (*_WITH_SCHEME.finditer(text), *_SPELT_DOMAIN.finditer(text)):
        yield Found(*match.span(), Contact.LINK)
    for match in _DOMAIN.finditer(text):
        if _is_domain(*match.group(1, 2, 4)):
            yield Found(*match.span(), Contact.LINK)


def _is_domain(labels: str, ending: str, path: str | None) -> bool:
    if not ending.islower() and not ending.isupper() and ending.isascii():
        return False  # "broken.No": a sentence begins
    if ending.lower() in _ENDINGS:
        return True
    telling = bool(path) or labels.count(".") > 1 or bool(re.search(r"[0-9-]", labels))
    return ending.lower() in _WORDS and telling


# A run of digits with the signs people put between them, never a line's end.
_RUN = re.compile(
    rf"(?<![{_L}0-9_#])(?<![{_L}0-9]-)\+?[ (\[]{{0,2}}\d(?:[ ().\[\]·*_/-]{{0,3}}\d)+"
    rf"(?![{_L}0-9_@])(?![.,:]\d{{1,3}}(?!\d))",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[ /*_·.-]+")
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_ABROAD = re.compile(r"(?:\+|00) ?[(\[]?[1-9]")
_AT_HOME = re.compile(
    r"[(\[]?0\d{1,4}[)\]]?[ -]{1,2}\d[\d -]{5,10}\d"  # 010-12345678, 020 7946 0958
    r"|(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]{1,2}[2-9]\d{2}[ .-]\d{4}"  # (555) 234-5678
    r"|[(\[]\d{2,5}[)\]] ?\d[\d .-]{4,10}\d"  # (11) 91234-5678
    r"|\d{3}[-.]\d{3}[-.]\d{3,4}"  # 612-345-678
)
_TIME = r"(?:\D{1,2}[0-2]?\d(?:\D[0-5]?\d){1,2})?"
_DATE = re.compile(
    rf"\d{{4}}([-/. ])[01]?\d\1[0-3]?\d(?!\d){_TIME}"
    rf"|[0-3]?\d([-/.])[0-3]?\d\2(?:19|20)?\d\d(?!\d){_TIME}"
    rf"|[0-3]?\d [01]?\d (?:19|20)\d\d(?!\d){_TIME}"
)
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d{1,3})?|\d{1,3}(?:\.\d{3})+")
# The word before a number says what it is; what may stand between them:
_TO = (
    r"(?: ?(?:me|us|number|no|nr|id|at|on|is|ref|code|号码|编号|单号|单|号|我|是|为))*[ .:#=]{0,3}$"
)
_CALLED = re.compile(
    r"(?:tel|telephone|phone|mobile|mob|cell|call|text|sms|whats ?app|wechat|weixin|vx|telegram"
    rf"|viber|line id|qq|电话|手机|座机|联系方式|微信|致电|拨打|加我){_TO}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:order|parcel|package|track(?:ing)?|waybill|shipment|consignment|awb|invoice|case|item"
    rf"|sku|serial|订单|运单|快递|物流|单号|货号|发票|案件|编号){_TO}",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:^|\D)\d{1,4}[.,:]$")  # of an amount or a time that began before
_UNIT = rf"(?:[$€£¥₹₽₩元]|\b(?:{'|'.join(sorted(CODES))})\b)"
_UNIT_BEFORE, _UNIT_AFTER = re.compile(rf"{_UNIT} ?$"), re.compile(rf" ?{_UNIT}")
BEFORE = 40
LEAST = 7  # digits of a telephone number that is not called one
_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
_IN_WORDS = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_WORD}|\d)[ ,./-]{{0,3}}){{{LEAST - 1},14}}(?:{_WORD}|\d)(?![a-z0-9])",
    re.IGNORECASE,
)
# A Chinese mobile number with anything between its digits, or between its usual three groups.
_SPREAD = re.compile(
    r"(?<!\d)(?<!\d\W)(?<!\d\W\W)(?:(?:\d[^\w\n]{1,3}){10}\d|1[3-9]\d[^\w\n]{1,3}\d{4}[^\w\n]{1,3}\d{4})"
    r"(?!\W{0,2}\d)"
)


def _spelt_phones(text: str) -> Iterator[Found]:
    """Digits in words, at least three of them, and digits with strange signs between them."""
    for match in _IN_WORDS.finditer(text):
        if len(re.findall(_WORD, match.group(), re.IGNORECASE)) >= 3:
            yield Found(*match.span(), Contact.PHONE)
    for match in _SPREAD.finditer(text):
        before = text[max(0, match.start() - BEFORE) : match.start()]
        digits = re.sub(r"\D", "", match.group())
        if _MOBILE.fullmatch(digits) and not _LABELLED.search(before):
            yield Found(*match.span(), Contact.PHONE)


def _phones(text: str) -> Iterator[Found]:
    for match in _RUN.finditer(text):
        start = match.end() - len(match.group().lstrip())
        dated = _DATE.match(text, start, match.end())
        if dated and text[dated.end() : dated.end() + 1] == " ":
            start = dated.end() + 1
        before, run = text[max(0, start - BEFORE) : start], text[start : match.end()]
        amount = _UNIT_BEFORE.search(before) or _UNIT_AFTER.match(text, match.end())
        if amount and not (_CALLED.search(before) and len(re.sub(r"\D", "", run)) >= LEAST):
            continue
        if _is_phone(run, before):
            yield Found(start, match.end(), Contact.PHONE)
        elif not _LABELLED.search(before):
            yield from _mobiles(run, start)


def _is_phone(run: str, before: str) -> bool:
    digits = re.sub(r"\D", "", run)
    if _LABELLED.search(before) or _PART.search(before) or _DATE.fullmatch(run):
        return False
    if _CALLED.search(before):
        return 5 <= len(digits) <= 15
    if _MOBILE.fullmatch(digits) or _ABROAD.match(run):
        return 8 <= len(digits) <= 15
    return len(digits) <= 15 and bool(_AT_HOME.fullmatch(run)) and not _THOUSANDS.fullmatch(run)


def _mobiles(run: str, start: int) -> Iterator[Found]:
    """Chinese mobile numbers, in one piece or up to four, within a longer run of digits."""
    pieces = [m.span() for m in re.finditer(r"\d+", run)]
    first = 0
    while first < len(pieces):
        for last in range(first, min(first + 4, len(pieces))):
            a, b = pieces[first][0], pieces[last][1]
            if _MOBILE.fullmatch(_BETWEEN.sub("", run[a:b])):
                yield Found(start + a, start + b, Contact.PHONE)
                first = last
                break
        first += 1
