"""What is contact data in a text, and what never is."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.common.money import CODES
from disputes.queries.contacts import _EMAIL, _SPELT_EMAILS, Contact, contacts
from disputes.service.filing import ALPHABET

EMAIL, PHONE, LINK = Contact.EMAIL, Contact.PHONE, Contact.LINK
WORDS = ["Hello,", "please", "the cup", "is broken", "你好", "杯子碎了", "and", "，", "\n", "- "]
around = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


def found(text: str) -> list[tuple[Contact, str]]:
    return [(f.kind, text[f.start : f.end]) for f in contacts(text)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Write to ann@example.com, please.", EMAIL, "ann@example.com"),
        ("邮箱abc.d+1@qq.com谢谢", EMAIL, "abc.d+1@qq.com"),
        ("ann (at) gmail (dot) com", EMAIL, "ann (at) gmail (dot) com"),
        ("ann @ gmail.com", EMAIL, "ann @ gmail.com"),
        ("josé@exämple.de", EMAIL, "josé@exämple.de"),
        ("ann@例子.中国", EMAIL, "ann@例子.中国"),
        ("ＡＢＣ＠ｑｑ．ｃｏｍ", EMAIL, "ＡＢＣ＠ｑｑ．ｃｏｍ"),
        ("我的手机号是13812345678，加微信", PHONE, "13812345678"),
        ("138-1234-5678", PHONE, "138-1234-5678"),
        ("1 3 8 1 2 3 4 5 6 7 8", PHONE, "1 3 8 1 2 3 4 5 6 7 8"),
        ("电话一三八一二三四五六七八", PHONE, "一三八一二三四五六七八"),
        ("on 2026-03-06 13812345678", PHONE, "13812345678"),
        ("2 cups 100 138 1234 5678", PHONE, "138 1234 5678"),
        ("+49 (0)30 1234567", PHONE, "+49 (0)30 1234567"),
        ("0049 171 1234567", PHONE, "0049 171 1234567"),
        ("020 7946 0958", PHONE, "020 7946 0958"),
        ("010-12345678", PHONE, "010-12345678"),
        ("(555) 234-5678", PHONE, "(555) 234-5678"),
        ("(11) 91234-5678", PHONE, "(11) 91234-5678"),
        ("06 12 34 56 78", PHONE, "06 12 34 56 78"),
        ("Tel:5551234567", PHONE, "5551234567"),
        ("QQ号：12345678", PHONE, "12345678"),
        ("see https://example.com/a?b=c.", LINK, "https://example.com/a?b=c"),
        ("www.shop.cn/x", LINK, "www.shop.cn/x"),
        ("加网址taobao.com看看", LINK, "taobao.com"),
        ("wa.me/8613812345678", LINK, "wa.me/8613812345678"),
        ("t.me/seller", LINK, "t.me/seller"),
        ("my-shop.it", LINK, "my-shop.it"),
        ("ann at example dot com", EMAIL, "ann at example dot com"),
        ("ann AT gmail.com", EMAIL, "ann AT gmail.com"),
        ("ann@example . com", EMAIL, "ann@example . com"),
        ("ann@gmail", EMAIL, "ann@gmail"),
        ("12345678#qq,com", EMAIL, "12345678#qq,com"),
        ("加ann艾特qq点com", EMAIL, "ann艾特qq点com"),
        ("𝐚𝐧𝐧@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦", EMAIL, "𝐚𝐧𝐧@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦"),
        ("a\u200bnn@exam\u00adple.com", EMAIL, "a\u200bnn@exam\u00adple.com"),
        ("call_13812345678_now", PHONE, "13812345678"),
        ("138\u200b1234\u20605678", PHONE, "138\u200b1234\u20605678"),
        ("١٣٨١٢٣٤٥٦٧٨", PHONE, "١٣٨١٢٣٤٥٦٧٨"),
        ("①③⑧①②③④⑤⑥⑦⑧", PHONE, "①③⑧①②③④⑤⑥⑦⑧"),
        ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8", PHONE, "1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8"),
        ("壹叁捌壹贰叁肆伍陆柒捌", PHONE, "壹叁捌壹贰叁肆伍陆柒捌"),
        ("1~3~8~1~2~3~4~5~6~7~8", PHONE, "1~3~8~1~2~3~4~5~6~7~8"),
        ("138,1234,5678", PHONE, "138,1234,5678"),
        ("one three eight one 2345678", PHONE, "one three eight one 2345678"),
        ("call me 13812345678 USD", PHONE, "13812345678"),
        ("my-shop dot com/x", LINK, "my-shop dot com/x"),
        ("myshop点com", LINK, "myshop点com"),
    ],
)
def test_contact_data_is_found(text: str, kind: Contact, part: str) -> None:
    assert found(text) == [(kind, part)]


def test_every_one_of_several_is_found() -> None:
    text = "13812345678,13912345678 or ann@example.com or www.example.com"
    assert [kind for kind, _ in found(text)] == [PHONE, PHONE, EMAIL, LINK]


@pytest.mark.parametrize(
    "text",
    [
        "order-1001, and order 13812345678",
        "订单号：13812345678",
        "运单号 13912345678",
        "tracking number is 13912345678",
        "order 114-3941689-8772232",
        "RD-234567892345",
        "1,234.56 USD, 1 234 567 EUR, R$ 1.234.567,89, ¥ 13800000000",
        "20260306, 06.03.2026, 2026 03 06, 2026-03-06T12:00:00Z, 12:30:15",
        "The item broke.It was new; it broke.no refund. 3.5mm, e.g. v1.0.2",
        "photo.jpg and receipt.pdf, 10-15 items, 3-5 days, 1/2",
        "三十二件一共五百",
        "I was at the post office, look at me. The red dot is new. 15 m², ① broken, ② lost",
        "150x2000x1000 mm, one or two of three, 1, 2, 3, 4, 5, IMG_20260306_123456.jpg",
    ],
)
def test_what_is_none_is_left(text: str) -> None:
    assert found(text) == []


def mobile(spaced: str) -> st.SearchStrategy[str]:
    digits = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
    return digits.map(lambda d: spaced.join((d[:3], d[3:7], d[7:])))


EMAILS = st.emails(domains=st.sampled_from(["example.com", "qq.com", "a-b.co.uk"])).filter(
    lambda e: e.split("@")[0].replace(".", "").replace("_", "").isalnum()
)
PHONES = st.one_of(
    mobile(""),
    mobile(" "),
    mobile("-"),
    mobile(" ").map("+86 {}".format),
    st.from_regex(r"\+[1-9][0-9]{1,2} [0-9]{2,3} [0-9]{5,8}", fullmatch=True),
    st.from_regex(r"0[1-9][0-9]{1,2}-[0-9]{7,8}", fullmatch=True),
)
LINKS = st.from_regex(
    r"(https?://|www\.)?[a-z]{3,9}\.(com|cn|net)(/[a-z0-9]{1,9})?", fullmatch=True
)


@given(around, st.sampled_from([EMAILS, PHONES, LINKS]).flatmap(lambda s: s), around)
def test_contact_data_is_found_wherever_it_stands(before: str, contact: str, after: str) -> None:
    text = f"{before} {contact} {after}"
    start = len(before) + 1
    covered = {at for f in contacts(text) for at in range(f.start, f.end)}
    assert covered >= {at for at in range(start, start + len(contact)) if text[at] not in "+_ "}


MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001  any zone's
HARMLESS = st.one_of(
    st.from_regex(rf"RD-[{ALPHABET}]{{12}}", fullmatch=True),
    st.integers(1, 10**9).map("order-{}".format),
    st.integers(1, 10**12).map("order {}".format),
    st.uuids().map(lambda u: u.hex),
    MOMENTS.map(lambda t: t.isoformat()),
    MOMENTS.map(lambda t: f"{t:%Y-%m-%d %H:%M}"),
    MOMENTS.map(lambda t: f"{t:%d.%m.%Y}"),
    MOMENTS.map(lambda t: f"{t:%m/%d/%Y}"),
    MOMENTS.map(lambda t: f"{t:%Y年%m月%d日}"),
    st.tuples(st.integers(0, 10**11), st.sampled_from(sorted(CODES))).map(
        lambda m: f"{m[0] / 100:,.2f} {m[1]}"
    ),
    st.tuples(st.sampled_from(sorted(CODES)), st.integers(0, 10**9)).map(
        lambda m: f"{m[0]} {m[1]}.50"
    ),
    st.from_regex(r"1Z[0-9A-Z]{16}", fullmatch=True),
    st.from_regex(r"[A-Z]{2}[0-9]{9}(CN|DE|US)", fullmatch=True),
    st.from_regex(r"9[0-9]{21}", fullmatch=True),
    st.from_regex(r"[2-9][0-9]{11}", fullmatch=True),
)


@given(around, HARMLESS, around)
def test_numbers_of_a_dispute_are_left(before: str, number: str, after: str) -> None:
    assert found(f"{before} {number} {after}") == []


@pytest.mark.parametrize("say", ["{}", "The number is {}.", "单号{}，请查收"])
def test_real_tracking_numbers_are_left(data_dir: Path, say: str) -> None:
    with (data_dir / "tracking_numbers.csv").open() as file:
        numbers = [row["number"] for row in csv.DictReader(file)]
    assert [n for n in numbers if contacts(say.format(n))] == []


def test_addresses_are_looked_for_from_their_sign_on() -> None:
    """No pattern begins at a letter: else each letter of a long word is tried in vain."""
    assert [p for p in (_EMAIL, *_SPELT_EMAILS) if p.match("ann@gmail.com")] == []


def test_of_a_name_too_long_the_end_is_found() -> None:
    address = "a" * 100 + "@gmail.com"
    assert found(address) == [(EMAIL, address[-75:])]


@given(st.text(max_size=2000))
def test_any_text_is_read(text: str) -> None:
    for place in contacts(text):
        assert 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize(
    "part",
    [
        "1 ",
        "1(",
        "a",
        "a.",
        "a@",
        "a-",
        "1.",
        "www.",
        "x@a.b.",
        "138",
        "a (at) ",
        "1-1 ",
        "a dot ",
        "a点",
        "one ",
    ],
)
def test_no_text_is_looked_through_for_ever(part: str) -> None:
    """A pattern that tries all ways of reading a hundred thousand signs would never come back."""
    text = (part * 100_000)[:100_000]
    assert all(text[found.start : found.end] for found in contacts(text))
