"""What people write: `{item}` is the listing's title, `{buyer}` a first name, `{shop}` the shop."""

from __future__ import annotations

# What the buyer says with the claim, by the rulebook's reason.
CLAIMS = {
    "NOT_RECEIVED": (
        "It has been more than two months and {item} never came. Please refund me.",
        "Tracking has not moved for weeks. I asked the shop twice and got the same answer: 'wait'.",
        "Nothing arrived. The number I was given is not known to the carrier's site.",
        "I ordered this as a birthday present. The birthday is long over. Still nothing.",
        "Never received. My neighbours and the post office do not have it either.",
        "The promised date passed long ago and {shop} does not write back.",
        "Still waiting for {item}. I would rather have my money now.",
        "No parcel, no card in the letterbox, no news. Refund, please.",
    ),
    "DAMAGED": (
        "The box was crushed on one side and {item} is cracked.",
        "Arrived broken. There was one sheet of newspaper around it and nothing else.",
        "It rattles, and the corner is split. I took photos before I touched anything.",
        "You can see the dent where it was hit. I cannot give this to anybody.",
        "Water got into the parcel; the packaging was soaked and the item is stained.",
    ),
    "DIFFERENT": (
        "I ordered {item} and got another model altogether. The label says so, too.",
        "The listing said one thing, the label says another.",
        "Nothing like the pictures; this is a cheaper version.",
        "This is the older generation, not the one that was advertised.",
        "What came is half the size of what the listing describes.",
    ),
    "MISSING_PARTS": (
        "Two of the things on the packing list were not in the box.",
        "A part is missing, and without it I cannot use the rest.",
        "One of the two pieces I paid for was not in the parcel.",
        "The inner box was open and the smaller half of the contents is not there.",
        "The listing promises more than was in the box; see my photo of everything I got.",
    ),
    "COUNTERFEIT": (
        "I took it to the brand's own shop. They say that it is a copy.",
        "This is a fake. The logo is misspelt on the inside.",
        "A specialist looked at it: the finish and the marks are wrong. He put it in writing.",
        "The hologram peels off and the batch code does not exist.",
    ),
    "OTHER": (
        "It smells strongly of smoke, which was not mentioned anywhere.",
        "Sold as new; it has clearly been used.",
        "There are scratches and somebody's initials. 'New' it is not.",
        "It came in a plain bag, opened and taped again. I would never have bought this.",
    ),
}
CLAIMS_CHINESE = {
    "NOT_RECEIVED": (
        "两个多月了还没有收到货，物流一直不更新，请退款。",
        "客服一直让我等，我不想再等了。",
    ),
    "DAMAGED": ("收到的时候外包装已经压扁，里面的东西也碎了。", "罐子裂了，茶叶受潮。"),
    "DIFFERENT": ("收到的和页面描述完全不一样，颜色和型号都不对。",),
    "MISSING_PARTS": ("少发了一件，包装里只有说明书和一半配件。",),
    "COUNTERFEIT": ("做工粗糙，编号查不到，应该是假货。",),
    "OTHER": ("说是全新，明显有使用痕迹。",),
}
NUDGES = (
    "Hello? Is anybody there?",
    "Could you please give me an answer? I have been patient.",
    "I can send more photos if that helps.",
    "Three days now. I only want to know when I get my money back.",
    "Please do not tell me to wait again.",
)
NUDGES_CHINESE = ("在吗？请尽快处理。", "已经等了好几天了，麻烦回复一下。")

# How the seller denies: what did not come by disputes.enums.DenyReason, what came by the claim's
# own reason.
DENIALS = {
    "DELIVERED": (
        "The carrier's record shows a delivery at the address you gave us. Please ask your"
        " household and your neighbours.",
        "Dear {buyer}, tracking says delivered. We have done our part.",
        "Delivered and left in a safe place, according to the driver. We can ask for a photo.",
    ),
    "IN_TRANSIT": (
        "Dear {buyer}, your parcel is on the way. Customs is slow in this season, please wait two"
        " more weeks.",
        "It left our warehouse on time. The carrier has a backlog; we opened an enquiry.",
        "Dear friend, please be patient, the package is moving. We can offer a coupon.",
        "We handed it over in time and have the receipt. Please allow the carrier some more days.",
    ),
    "DAMAGED": (
        "It left us in a double box with corner guards. We do not believe it broke on the way.",
        "Every item is checked and photographed before it leaves us. It was in order then.",
        "The outer box on your photo is untouched. This must have happened at home.",
    ),
    "DIFFERENT": (
        "The listing names the exact model and size. This is what you were sent.",
        "Please compare the number on the label with the listing: they are the same.",
        "The description says that photos may differ from what is delivered.",
    ),
    "MISSING_PARTS": (
        "The parcel weighed at hand-over what it weighs complete. Nothing was missing.",
        "What you miss is sold separately, as the listing says in its last line.",
        "Our packer ticks every part on a list; yours is complete.",
    ),
    "COUNTERFEIT": (
        "We sell only authentic goods and can show the invoice of our supplier.",
        "Another shop is no expert on our goods. We do not agree.",
    ),
    "OTHER": (
        "This shop buys from the importer directly. We do not agree with the claim.",
        "Please send it back first; then we shall see.",
    ),
}
DENIALS_CHINESE = (
    "您好，商品发货前都经过检查，与描述一致，我们不同意退款。",
    "亲，仓库已按时发货，物流稍慢，请再耐心等几天。",
)
SELLER_WAITS = (
    "We have asked the carrier and expect an answer in two working days.",
    "Could you please ask at the post office once more? Sometimes no card is left.",
    "We are sorry about this, {buyer}. We could send another one next week.",
    "The carrier says that the parcel was rerouted. Please give it some days.",
)
SELLER_TALKS = (
    "Would 20 % back and you keep it be acceptable to you?",
    "Could you send a photo of the label on the outside of the box, please?",
    "We are sorry about this, {buyer}. Let us look for a fair way.",
    "Our warehouse has looked into it and found nothing wrong on our side.",
)
SELLER_CHINESE = ("您好，已经联系物流核实，请稍等一两天。", "亲，可以给您补偿一部分，您看可以吗？")
BUYER_WAITED = (
    "The carrier tells me that only the sender can open an enquiry.",
    "I have waited long enough. If there is no solution by Friday I ask for a decision.",
    "A coupon is of no use to me. I paid for something that I did not get.",
    "You wrote the same a month ago.",
    "I was at the post office twice. They know nothing of a parcel.",
)
BUYER_TALKS = (
    "No, thank you. I paid in full and want a full refund.",
    "Photos are attached to my first e-mail to you. What else do you need?",
    "I have waited long enough. If there is no solution by Friday I ask for a decision.",
    "20 % is not fair. I would never have bought it like this.",
    "I will gladly send it back, if you pay for the return.",
)
BUYER_CHINESE = (
    "不接受部分退款，我要求全额退款。",
    "照片已经发过了，请看一下。",
    "请给我一个明确的答复。",
)
ESCALATIONS = (
    "We are going in circles. Please decide.",
    "The seller repeats the same sentence. I ask the marketplace to step in.",
    "No agreement possible; everything is in the messages above.",
    "We have written back and forth for days without a result. Please look into it.",
    "We made a fair offer and it was refused. Please decide.",
)
ESCALATIONS_CHINESE = ("双方沟通没有结果，请平台介入处理。",)

# Evidence: what staff ask for, and what the sides give, by evidence type.
ASKED = {
    "PROOF_OF_FULFILLMENT": "Please send the carrier's receipt with the date of hand-over.",
    "PROOF_OF_DELIVERY_SIGNATURE": "If somebody signed for it, please send the signed record.",
    "PROOF_OF_DAMAGE": "Please describe the damage and the packaging, and keep both.",
    "PROOF_OF_SIGNIFICANT_DIFFERENCE": "Please say what the label and the item itself show.",
    "PROOF_OF_MISSING_ITEMS": "Please list what was in the parcel, and its weight on the label.",
    "ITEM_DESCRIPTION": "Please send the listing's text as it was on the day of the sale.",
    "PHOTOS_OF_SHIPPED_ITEM": "Please say how the item was packed and who checked it.",
    "PROOF_OF_ITEM_NOT_RECEIVED": "Did you ask the carrier? Please send its answer.",
}
GIVEN = {
    "PROOF_OF_FULFILLMENT": "Receipt of the post office, stamped on the day of hand-over.",
    "PROOF_OF_DELIVERY_SIGNATURE": "Signed at the door; the carrier's record names the recipient.",
    "PROOF_OF_DAMAGE": "Crack along the left side, 12 cm. The carton is dented in the same place.",
    "PROOF_OF_SIGNIFICANT_DIFFERENCE": "The label reads another model number than the listing.",
    "PROOF_OF_MISSING_ITEMS": "Weight on the label 0.8 kg; complete it would be 1.3 kg.",
    "ITEM_DESCRIPTION": "The listing's text, unchanged since March, with the table of sizes.",
    "PHOTOS_OF_SHIPPED_ITEM": "Double carton, 6 cm foam on every side, checked by two people.",
    "PROOF_OF_ITEM_NOT_RECEIVED": "The depot wrote that nothing for my address came through.",
}

# Why staff decided as they did.
FOR_BUYER = (
    "The promised time has passed and nothing shows that the parcel reached the buyer.",
    "The pictures and the label agree with the buyer: this is not what was sold.",
    "The seller has shown no proof of shipment that the carrier confirms.",
    "The damage fits the packaging; the seller answers for both.",
    "The seller could not show where the goods come from.",
)
FOR_SELLER = (
    "The carrier's scan shows a delivery in time, at the buyer's address.",
    "The item agrees with the listing as it was sold; a change of mind is not covered.",
    "The weight on the label fits a complete parcel, and the buyer gave nothing to the contrary.",
)
IN_PART = (
    "The item can be used, but not as advertised; a part of the price is fair.",
    "Late, yet delivered: a part of the price for the delay.",
    "A part is missing; its price is paid back.",
)
BY_OTHERS = (
    "Lost in the carrier's hands after a proven hand-over; the seller does not bear it.",
    "Shipped in time and still moving: paid in goodwill, not charged to the seller.",
)
STAFF_NOTES = (
    "We are looking at this today. Both of you will be told as soon as it is decided.",
    "Please answer here and not by e-mail, so that everything is in one place.",
)

# Offers, returns, appeals.
OFFERS = (
    "We are sorry. Would this settle it for you?",
    "This is the best we can do. Please let us know by the end of the week.",
    "Keep it and take this back, or send it to us for a full refund.",
)
OFFER_REFUSED = (
    "Thank you, but that does not cover the loss.",
    "No. I paid the full price.",
    "That is more than we earned on it; we cannot.",
)
DEDUCTION_WRONG = (
    "It was damaged when it came; that is why I claimed.",
    "I packed it exactly as it reached me, and took photos of that.",
)
SENT_BACK = (
    "Please quote the carrier's scan in the reason.",
    "Ask the seller for the invoice first.",
)
APPEALS = (
    "The carrier has now sent its own report; it shows another address.",
    "I found the photo of the label that I took on the day it came.",
    "Our warehouse's camera shows the parcel as it was packed; we attach the still.",
)
UPHELD = (
    "The new document says what was known before. The decision stands.",
    "The report is of another parcel. The decision stands.",
)
REVERSED = (
    "The carrier's report shows that the first decision rested on a wrong scan.",
    "The photo of the label settles it: the first decision was wrong.",
)
# A seller who would rather settle where nobody sees it, and what staff think of that.
ELSEWHERE = "Let us settle this directly: WhatsApp +86 138 1234 5678, or sales@brightshop.example."
NOTED = "Tried to take the buyer off the platform; the second time this month. Watch the offer."
USED = "It came back with signs of use and without its inner box."
INCOMPLETE = "The charger and the manual were not in the parcel."
SEE_PHOTOS = "See the photos: as it lay in the box, and from close by."


def written(text: str, item: str, buyer: str, shop: str) -> str:
    """`text` with its names put in."""
    return text.format(item=item[:1].lower() + item[1:], buyer=buyer, shop=shop)
