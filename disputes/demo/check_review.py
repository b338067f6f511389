"""The second story of `make demo CHECK=1`: photo, offer, decision, appeal and bundle, over HTTP."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

from PIL import Image, ImageDraw

from disputes.demo.people import LOGINS, PASSWORD
from disputes.demo.visitor import Person, Program

ORDER = "CHECK-0002"
PRICE = {"currency_code": "USD", "value": "129.90"}
DAMAGED = {"reason": "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED", "sub_reason": "DAMAGED"}
# The worker may tell the case of new facts after the page was read: the decision is refused then.
TRIES = 3
Step = tuple[str, str]
Expect = Callable[[Any, str], None]


class ReviewStory:
    """A lamp that came broken, from its photo to the appeal. `expect` raises what failed."""

    def __init__(self, program: Program, home: str, now: datetime, expect: Expect) -> None:
        self.program, self.home, self.now, self.expect = program, home, now, expect
        self.dispute = ""

    def steps(self) -> list[Callable[[], Step]]:
        """Each step, to be done in this order."""
        return [
            self._claim_waits_for_evidence,
            self._photo_is_looked_at,
            self._seller_offers,
            self._buyer_refuses_and_escalates,
            self._staff_decide_in_part,
            self._buyer_appeals,
            self._appeal_is_heard,
            self._bundle_proves_itself,
        ]

    def _claim_waits_for_evidence(self) -> Step:
        self._post("orders", {"items": [_order(self.now)]})
        self._post("shipments", {"items": [_parcel(self.now)]})
        claim = {"order": ORDER, "buyer": "CHECK-BUYER", **DAMAGED, "note": "It came broken."}
        case = self._post("disputes", claim)
        self.dispute = case["dispute_id"]
        waits = case["waiting"]["what"]
        self.expect(waits == "BUYER_MINIMUM", f"the buyer to be asked first, not {waits}")
        return "A claim of damage waits for the buyer's photo", self.dispute

    def _photo_is_looked_at(self) -> Step:
        address = f"disputes/{self.dispute}/files"
        answer = self.program.upload(address, "lamp.jpg", _photo(), **{"as": "BUYER"})
        bad = self.program.upload(address, "lamp.png", b"MZ\x90\x00 not a photo", **{"as": "BUYER"})
        self.expect(bad["files"][0]["refused"], f"a refusal, not {bad}")
        stored = answer["files"][0]["stored"]
        self.expect(stored, f"a stored photo, not {answer}")
        shown = {"evidence_type": "PROOF_OF_DAMAGE", "note": "The left side.", "as": "BUYER"}
        case = self._verb("provide-evidence", shown | {"files": [stored["id"]]})
        waits = case["waiting"]["what"]
        self.expect(waits == "SELLER_RESPONSE", f"the seller's clock to start, not {waits}")
        return "Photo decoded, stored, shown; a program is refused", stored["id"]

    def _seller_offers(self) -> Step:
        link = self._post(f"disputes/{self.dispute}/links", {"as": "SELLER"})
        page = urlsplit(link["url"]).path
        offer = {"offer_type": "REFUND", "amount": "30.00", "note": "Would this do?"}
        told = Person(self.home).fill_in(page, f"{page}/make-offer", **offer)
        self.expect("30.00 USD" in told, "the offer on the page")
        return "Seller offers on the hosted page, behind a signed link", "30.00 USD"

    def _buyer_refuses_and_escalates(self) -> Step:
        self._verb("deny-offer", {"as": "BUYER", "note": "No, it is broken."})
        case = self._verb("escalate", {"as": "BUYER", "note": "Please decide."})
        self.expect(case["status"] == "UNDER_REVIEW", f"a review, not {case['status']}")
        return "Buyer refuses the offer and escalates", case["dispute_life_cycle_stage"]

    def _staff_decide_in_part(self) -> Step:
        name = self._decide(
            "adjudicator",
            "adjudicate",
            decision="partial",
            amount="60.00",
            borne_by="SELLER",
            reason="It can be mended; a part of the price is fair.",
        )
        case = self.program.get(f"disputes/{self.dispute}")
        got = (case["outcome"], case["refunded_amount"]["value"])
        self.expect(got == ("RESOLVED_BUYER_FAVOUR", "60.00"), f"60.00 for the buyer, not {got}")
        return "Staff decide in part on the desk, after a preview", f"{name}: 60.00 USD"

    def _buyer_appeals(self) -> Step:
        case = self._verb("appeal", {"as": "BUYER", "text": "The workshop says it is a write-off."})
        stage = case["dispute_life_cycle_stage"]
        self.expect(stage == "ARBITRATION", f"arbitration, not {stage}")
        return "Buyer appeals with new information", stage

    def _appeal_is_heard(self) -> Step:
        name = self._decide(
            "lead",
            "decide-appeal",
            outcome="CHANGED",
            decision="full",
            borne_by="SELLER",
            reason="The workshop's report is convincing.",
        )
        rows = self.program.get("ledger/transfers", dispute_id=self.dispute)["items"]
        paid = sorted(row["amount"]["value"] for row in rows if row["state"] == "POSTED")
        self.expect(paid == ["60.00", "69.90"], f"60.00 and 69.90 posted, not {paid}")
        return "Another senior hears the appeal; the rest is paid", f"{name}: 69.90 USD more"

    def _bundle_proves_itself(self) -> Step:
        bundle = self.program.download(f"disputes/{self.dispute}/bundle")
        with TemporaryDirectory() as folder, ZipFile(BytesIO(bundle)) as archive:
            archive.extractall(folder)
            script = next(Path(folder).rglob("verify.py"))
            done = subprocess.run(  # noqa: S603  the script that the bundle brings
                [sys.executable, "-I", script.name],
                cwd=script.parent,
                capture_output=True,
                text=True,
                check=False,
            )
        said = (done.stdout + done.stderr).strip()
        self.expect(done.returncode == 0, f"a bundle that verifies, not: {said}")
        return "Evidence bundle verifies offline", said.splitlines()[-1]

    def _decide(self, login: str, end: str, **fields: str) -> str:
        """Take the case, look at what would happen, and confirm it; who did."""
        user = next(user for user in LOGINS if user.email.startswith(f"{login}@"))
        person = Person(self.home)
        person.log_in(user.email, PASSWORD)
        page = f"/admin/disputes/case/{self.dispute}/"
        person.fill_in(page, f"{page}take/")
        told = ""
        for _ in range(TRIES):
            preview = person.fill_in(page, f"{page}{end}/", **fields)
            self.expect("confirmed" in preview, f"a preview, not: {_refusals(preview)}")
            told = person.fill_in(page, f"{page}{end}/", **fields, confirmed="1")
            if self.program.get(f"disputes/{self.dispute}")["status"] == "RESOLVED":
                return user.name
        self.expect(False, f"a decision, not: {_refusals(told)}")
        return user.name

    def _verb(self, verb: str, body: dict[str, Any]) -> Any:
        return self._post(f"disputes/{self.dispute}/{verb}", body)

    def _post(self, address: str, body: Any) -> Any:
        status, answer = self.program.post(address, body)
        self.expect(status < 300, f"{address} to be done, not {status} {answer}")
        return answer


def _order(now: datetime) -> dict[str, Any]:
    bought = (now - timedelta(days=25)).replace(microsecond=0)
    line = {"external_id": "1", "title": "Desk lamp, brass", "category": "home", "price": PRICE}
    return {
        "external_id": ORDER,
        "purchase_ref": ORDER,
        "seller": {"external_id": "CHECK-SELLER", "name": "Check & Sons", "country": "CN"},
        "buyer": {"external_id": "CHECK-BUYER", "name": "Alex Check", "country": "US"},
        "lines": [line],
        "purchased_at": bought.isoformat(),
        "destination": "US",
    }


def _parcel(now: datetime) -> dict[str, Any]:
    return {
        "external_id": f"{ORDER}-P",
        "order": ORDER,
        "carrier": "ups",
        "tracking_number": "1Z5R89390357567127",
        "handed_over_at": (now - timedelta(days=20)).isoformat(),
        "delivered_at": (now - timedelta(days=2)).isoformat(),
    }


def _photo() -> bytes:
    """A lamp with a crack, drawn here."""
    image = Image.new("RGB", (1200, 900), "#d9d2c3")
    draw = ImageDraw.Draw(image)
    draw.rectangle((560, 300, 640, 780), fill="#8d6b2f")
    draw.polygon([(420, 320), (780, 320), (700, 110), (500, 110)], fill="#c8a24a")
    draw.ellipse((430, 750, 770, 850), fill="#6f5524")
    draw.line([(470, 300), (530, 240), (520, 190), (580, 130)], fill="#2b2118", width=6)
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def _refusals(page: str) -> list[str]:
    return re.findall(r'role="alert"[^>]*>([^<]+)<', page)
