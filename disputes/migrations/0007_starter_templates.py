"""A fresh Redress has some message templates to begin with.

They have no event in the audit: nobody wrote them, they came with the house.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

# code, title in English and Chinese, text in English and Chinese
STARTERS = [
    (
        "ask-tracking",
        "Ask the seller for tracking",
        "请卖家提供物流信息",
        "{seller}, please tell us the carrier and the tracking number of order {order} ({item}), or show"
        " another proof that it was sent. Case {case} waits until {due}.",
        "{seller}，您好：请提供订单 {order}（{item}）的承运商和运单号，或其他发货凭证。"
        "案件 {case} 的截止时间为 {due}。",
    ),
    (
        "ask-photos",
        "Ask the buyer for photos",
        "请买家提供照片",
        "{buyer}, please send photos of {item} as it came: the whole item, what is wrong with it, the"
        " parcel and its label. They decide a case more often than words. Case {case} waits until"
        " {due}.",
        "{buyer}，您好：请提供收到的商品（{item}）的照片：整体、问题部位、外包装和面单。"
        "照片往往比文字更有助于判定。案件 {case} 的截止时间为 {due}。",
    ),
    (
        "on-its-way",
        "The parcel is on its way",
        "包裹正在运输中",
        "{buyer}, the carrier's scans show that your order {order} is on its way ({tracking}). Should it"
        " not have come by {due}, you need do nothing: case {case} stays open and goes on.",
        "{buyer}，您好：物流信息显示您的订单 {order} 正在运输中（{tracking}）。"
        "如果到 {due} 仍未收到，您无需任何操作，案件 {case} 会继续处理。",
    ),
    (
        "please-agree",
        "Ask both to find an agreement",
        "请双方协商",
        "You have until {due} to agree between yourselves on order {order} ({amount} is claimed). A"
        " refund of a part, a replacement or a return: either side may offer one in case {case}. If you"
        " do not agree, either of you may ask us to decide.",
        "双方可在 {due} 之前就订单 {order} 自行协商（申请金额 {amount}）。"
        "部分退款、换货或退货退款，任何一方都可在案件 {case} 中提出。协商不成的，任何一方都可申请平台介入。",
    ),
    (
        "talk-here",
        "Keep the conversation here",
        "请在平台内沟通",
        "Please keep writing to each other here, in case {case}. What is agreed elsewhere we cannot see,"
        " and so cannot protect. Contact data that you write to each other is hidden for that reason.",
        "请继续在案件 {case} 中沟通。平台看不到在其他地方达成的约定，也就无法保障您的权益。"
        "因此，双方互相发送的联系方式会被隐藏。",
    ),
    (
        "we-decide",
        "We are looking into it",
        "平台正在处理",
        "We have all that we asked for in case {case} and now decide about order {order}. You will hear"
        " from us by {due}, with our reasons.",
        "案件 {case} 所需材料已齐全，我们正在对订单 {order} 进行判定。"
        "我们会在 {due} 之前告知结果并说明理由。",
    ),
    (
        "need-more-time",
        "We need more time",
        "我们需要更多时间",
        "Case {case} takes us longer than we said, and we are sorry for that. Nothing is lost by it:"
        " neither of you has to do anything, and the {amount} in question stay reserved.",
        "案件 {case} 的处理时间比预计的长，非常抱歉。双方的权益不受影响，也无需任何操作，"
        "涉及的 {amount} 仍保持冻结。",
    ),
    (
        "return-steps",
        "How to send it back",
        "如何退货",
        "{buyer}, please send {item} back as it came, with a carrier that gives you a tracking number, and"
        " write that number in case {case} by {due}. Keep the receipt and take photos before you close the"
        " parcel.",
        "{buyer}，您好：请按收到时的状态退回 {item}，使用可查询物流的承运商，"
        "并在 {due} 之前在案件 {case} 中填写运单号。请保留寄件凭证，并在封箱前拍照。",
    ),
]


def write(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    templates = apps.get_model("disputes", "MessageTemplate").objects
    if templates.exists():
        return
    now = timezone.now()
    templates.bulk_create(
        templates.model(
            code=code,
            title_en=title_en,
            title_zh_hans=title_zh,
            body_en=body_en,
            body_zh_hans=body_zh,
            updated_at=now,
        )
        for code, title_en, title_zh, body_en, body_zh in STARTERS
    )


class Migration(migrations.Migration):
    dependencies = [("disputes", "0006_evidence_files")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
