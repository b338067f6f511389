"""What is sold: listings by category. Prices are US dollars, the lowest and the highest."""

from __future__ import annotations

from typing import NamedTuple


class Listing(NamedTuple):
    """One thing on sale."""

    title: str
    description: str
    low: int
    high: int


GOODS: dict[str, tuple[Listing, ...]] = {
    "electronics": (
        Listing("Wireless earbuds with charging case", "ANC, 30 h with the case, black.", 18, 90),
        Listing("65 W GaN charger, three ports", "Two USB-C, one USB-A, EU and US plugs.", 14, 42),
        Listing("10.4-inch tablet, 128 GB, graphite", "New, sealed, global version.", 129, 310),
        Listing("4K action camera kit", "Waterproof to 30 m, two batteries, 14 mounts.", 65, 240),
        Listing("Smart projector 1080p", "Native 1080p, 500 ANSI lumens, Wi-Fi 6.", 95, 380),
        Listing("E-reader 7-inch, warm light", "300 ppi, page buttons, 32 GB.", 110, 260),
        Listing("Noise-cancelling headphones", "Over-ear, Bluetooth 5.3, 40 h.", 48, 330),
        Listing("蓝牙机械键盘 87键", "热插拔茶轴，三模连接。", 32, 110),
    ),
    "computers": (
        Listing("14-inch laptop, Ryzen 7, 32 GB", "1 TB SSD, QHD 120 Hz, US keyboard.", 640, 1380),
        Listing("NVMe SSD 2 TB", "PCIe 4.0, 7,000 MB/s, 5-year warranty.", 88, 190),
        Listing("Graphics card 12 GB", "Triple fan, new in box, invoice included.", 380, 720),
        Listing("Mini PC, fanless, 16 GB", "N100, 512 GB, two HDMI.", 140, 260),
        Listing("27-inch 4K monitor", "IPS, USB-C 90 W, height-adjustable.", 240, 520),
    ),
    "cameras": (
        Listing("Mirrorless camera body, 24 MP", "Shutter count under 500, boxed.", 690, 1850),
        Listing("50 mm f/1.8 prime lens", "Tested, clean glass, both caps.", 110, 420),
        Listing("Carbon travel tripod", "1.2 kg, 152 cm, with ball head.", 90, 280),
        Listing(
            "35 mm rangefinder, 1974, serviced", "Shutter times measured, new seals.", 190, 540
        ),
    ),
    "watches": (
        Listing("Automatic diver 200 m, steel", "Sapphire, 42 mm, box and papers.", 240, 980),
        Listing("Vintage chronograph, 1968", "Serviced 2024, original dial and hands.", 820, 2900),
        Listing("Field watch, 38 mm, hand-wound", "Brushed case, canvas strap.", 120, 420),
    ),
    "jewellery": (
        Listing("Sterling silver hoop earrings", "925, 24 mm, hallmarked.", 22, 80),
        Listing("18 ct gold signet ring", "Engraved to order, 7.2 g.", 380, 960),
        Listing("Freshwater pearl necklace", "45 cm, 7-8 mm, silver clasp.", 55, 210),
        Listing("和田玉平安扣吊坠", "天然和田玉，附鉴定证书。", 60, 480),
    ),
    "fashion": (
        Listing("Merino crew-neck jumper, navy, M", "100 % extra-fine merino.", 35, 120),
        Listing("Designer handbag, grained leather", "With dust bag and card.", 180, 1250),
        Listing("Running shoes, size 43", "Neutral, 8 mm drop, 2025 model.", 48, 165),
        Listing("Down jacket, 800 fill, black, L", "RDS-certified, 420 g.", 90, 340),
        Listing("Silk scarf 90 x 90", "Hand-rolled edges, mulberry silk.", 28, 190),
        Listing("Leather belt, cognac, 95 cm", "Full-grain, solid brass buckle.", 24, 75),
        Listing("Linen summer dress, sage, S", "Pre-washed, pockets.", 30, 95),
    ),
    "home": (
        Listing("Rattan pendant lamp, 45 cm", "E27, 2 m cable, hand-woven.", 32, 110),
        Listing("Robot vacuum with dock", "Self-emptying, lidar, 180 min.", 190, 520),
        Listing("Linen duvet set, king, stone", "Two pillow cases, OEKO-TEX.", 70, 220),
        Listing("Wool rug 160 x 230", "Flat-woven, reversible.", 110, 420),
        Listing("Oak wall shelf, set of three", "Oiled, hidden brackets.", 38, 130),
        Listing("Stoneware planter, 28 cm", "With saucer, frost-proof.", 18, 60),
    ),
    "kitchen": (
        Listing("Moka pot, six cups", "Aluminium, made in Italy.", 18, 55),
        Listing("Cast-iron casserole, 5.5 l, blue", "Enamelled, oven-safe to 260 °C.", 60, 280),
        Listing("Chef's knife 21 cm, VG-10", "67 layers, magnolia saya.", 55, 230),
        Listing("Espresso machine, single boiler", "58 mm, PID, with tamper.", 260, 740),
        Listing("Digital kitchen scale 0.1 g", "Timer, USB-C, 3 kg.", 12, 38),
    ),
    "toys": (
        Listing("Wooden marble run, 120 pieces", "Beech, from 4 years.", 28, 90),
        Listing("Construction set, harbour crane", "1,842 parts, sealed bags.", 70, 260),
        Listing("Plush capybara, 60 cm", "Machine-washable.", 15, 45),
        Listing("Co-operative board game", "2-5 players, English edition.", 24, 70),
    ),
    "sports": (
        Listing("Two-person trekking tent", "1.6 kg, 3,000 mm, freestanding.", 85, 340),
        Listing("Adjustable dumbbells 2 x 24 kg", "15 steps, with trays.", 160, 420),
        Listing("Carbon road wheelset, 45 mm", "Tubeless, 1,480 g.", 420, 1150),
        Listing("Inflatable paddle board 10'6", "Pump, leash, carbon paddle.", 150, 390),
        Listing("Sleeping bag, -5 °C comfort", "Left zip, 950 g.", 60, 240),
    ),
    "beauty": (
        Listing("Centella ampoule, 100 ml", "Sealed, expiry 2027.", 10, 36),
        Listing("Eau de parfum 50 ml", "In original cellophane.", 35, 180),
        Listing("LED face mask", "Seven colours, remote control.", 40, 190),
        Listing("Badger shaving brush", "Hand-tied, horn handle.", 22, 85),
    ),
    "tools": (
        Listing("Cordless drill 18 V, two batteries", "4 Ah, case, 60 Nm.", 70, 220),
        Listing("Torque wrench 20-200 Nm", "With calibration sheet.", 38, 140),
        Listing("Japanese pull saw, 250 mm", "Replaceable blade.", 18, 52),
        Listing("Soldering station 90 W", "Digital, eight tips.", 34, 120),
    ),
    "books": (
        Listing("First edition, signed, 1987", "Fine in dust jacket.", 60, 640),
        Listing("Atlas of remote islands, hardcover", "New, English.", 14, 40),
        Listing("Field guide to alpine flowers", "Second-hand, very good.", 8, 25),
        Listing("《红楼梦》线装四册", "人民文学出版社，函套完好。", 26, 90),
    ),
    "tea": (
        Listing("武夷山大红袍 250克", "2025年春茶，铁罐装。", 22, 120),
        Listing("Aged shou pu-erh cake, 357 g, 2012", "Dry-stored in Kunming.", 34, 260),
        Listing("Yixing teapot, 180 ml, zhuni", "Half-handmade, seven holes.", 70, 480),
        Listing("明前龙井 100克", "西湖产区，手工炒制。", 25, 110),
    ),
}
