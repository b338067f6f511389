"""Who sells and who buys."""

from __future__ import annotations

from typing import NamedTuple


class Shop(NamedTuple):
    """A seller and his ways, each from 0 to 1.

    `unsent`: orders he never hands over; `astray`: parcels that get lost on the way; `faulty`:
    things that are not as described; `silent`: claims he does not answer; `yields`: answered
    claims that he accepts. `share` weighs how much he sells.
    """

    ref: str
    name: str
    country: str
    city: str
    categories: tuple[str, ...]
    share: int
    unsent: float
    astray: float
    faulty: float
    silent: float
    yields: float


SHOPS = (
    Shop("S-1001", "Voltaic Electronics", "CN", "Shenzhen", ("electronics",),
         9, 0.01, 0.04, 0.08, 0.10, 0.45),
    Shop("S-1002", "Silk Lane Apparel", "CN", "Guangzhou", ("fashion",),
         8, 0.03, 0.05, 0.14, 0.35, 0.40),
    Shop("S-1003", "Harbour & Finch", "GB", "Bristol", ("home", "kitchen"),
         6, 0.00, 0.02, 0.05, 0.02, 0.70),
    Shop("S-1004", "Werkzeug Altmann", "DE", "Nürnberg", ("tools",),
         4, 0.01, 0.02, 0.04, 0.05, 0.50),
    Shop("S-1005", "Petite Lumière", "FR", "Lyon", ("jewellery", "beauty"),
         4, 0.02, 0.05, 0.09, 0.15, 0.45),
    Shop("S-1006", "云上茶舍 Cloud Tea House", "CN", "Hangzhou", ("tea",),
         4, 0.01, 0.03, 0.05, 0.05, 0.65),
    Shop("S-1007", "Kobe Kamera", "JP", "Kobe", ("cameras",),
         5, 0.00, 0.03, 0.10, 0.02, 0.30),
    Shop("S-1008", "NordicTrail Outdoor", "SE", "Göteborg", ("sports",),
         4, 0.02, 0.04, 0.06, 0.08, 0.60),
    Shop("S-1009", "BrightDeal Outlet", "CN", "Yiwu", ("home", "electronics", "toys"),
         5, 0.16, 0.09, 0.20, 0.35, 0.12),
    Shop("S-1010", "Maison Prestige Outlet", "HK", "Hong Kong", ("fashion", "watches", "beauty"),
         5, 0.04, 0.05, 0.30, 0.30, 0.08),
    Shop("S-1011", "Ateliê Ipê", "BR", "Belo Horizonte", ("home", "jewellery"),
         2, 0.02, 0.08, 0.05, 0.10, 0.60),
    Shop("S-1012", "Ironwood Toys", "US", "Portland", ("toys",),
         4, 0.01, 0.03, 0.06, 0.05, 0.70),
    Shop("S-1013", "PixelParts", "US", "Austin", ("computers", "electronics"),
         6, 0.02, 0.04, 0.09, 0.12, 0.30),
    Shop("S-1014", "Hanok Beauty", "KR", "Seoul", ("beauty",),
         4, 0.01, 0.03, 0.05, 0.05, 0.65),
    Shop("S-1015", "Casa Trastevere", "IT", "Roma", ("kitchen", "fashion"),
         4, 0.03, 0.06, 0.08, 0.20, 0.50),
    Shop("S-1016", "Old Quarter Books", "GB", "Edinburgh", ("books",),
         3, 0.02, 0.03, 0.05, 0.05, 0.60),
    Shop("S-1017", "TurboFit Gear", "US", "Denver", ("sports",),
         4, 0.05, 0.06, 0.15, 0.45, 0.30),
    Shop("S-1018", "Uhrenhaus Limmat", "CH", "Zürich", ("watches", "jewellery"),
         4, 0.00, 0.03, 0.12, 0.02, 0.35),
    Shop("S-1019", "QuickCharge Direct", "CN", "Dongguan", ("electronics", "computers"),
         6, 0.08, 0.06, 0.18, 0.60, 0.20),
    Shop("S-1020", "翰墨书斋", "CN", "Beijing", ("books", "tea"),
         2, 0.01, 0.04, 0.04, 0.08, 0.60),
)  # fmt: skip
# Three months ago this shop took orders it could not fill: the surge its buyers claim for now.
OVERSOLD = "S-1009"


class Land(NamedTuple):
    """Where buyers live: currency, how many units one dollar buys, zone, cities, names."""

    country: str
    currency: str
    per_dollar: float
    zone: str
    weight: int
    cities: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]


def _land(head: str, weight: int, cities: str, first: str, last: str) -> Land:
    country, currency, per_dollar, zone = head.split()
    places = tuple(cities.split(", "))
    names = tuple(first.split()), tuple(last.split())
    return Land(country, currency, float(per_dollar), zone, weight, places, *names)


LANDS = (
    _land("US USD 1 America/New_York", 30, "Columbus, Tacoma, Baltimore, Tucson, Raleigh, Boise",
          "Alicia Marcus Denise Owen Priya Tyler Hannah Luis Grace Andre Nora Caleb",
          "Reyes Whitfield Okafor Lindqvist Patel Moreno Hughes Kim Delgado Novak Turner Shah"),
    _land("GB GBP 0.79 Europe/London", 14, "Leeds, Cardiff, Norwich, Glasgow, Brighton",
          "Imogen Callum Fatima Rhys Eleanor Jamal Poppy Stuart",
          "Ashworth Begum Campbell Driscoll Evans Hartley Mbeki Thornton"),
    _land("DE EUR 0.93 Europe/Berlin", 12, "Leipzig, Bremen, Kassel, Mainz, Ulm",
          "Jonas Katrin Emre Lena Matthias Svenja Tobias Ayşe",
          "Bauer Yılmaz Hofmann Krüger Lorenz Petersen Schäfer Vogt"),
    _land("FR EUR 0.93 Europe/Paris", 8, "Nantes, Lille, Toulouse, Dijon",
          "Camille Bastien Inès Théo Margaux Karim", "Lefèvre Moreau Benali Girard Roche Dubois"),
    _land("ES EUR 0.93 Europe/Madrid", 6, "Valencia, Bilbao, Málaga",
          "Lucía Íñigo Marta Pablo Nerea", "Ortega Ibarra Castaño Ruiz Fuentes"),
    _land("BR BRL 5 America/Sao_Paulo", 7, "Campinas, Recife, Curitiba",
          "Thiago Larissa Rafael Bruna Otávio", "Almeida Nogueira Barros Teixeira Prado"),
    _land("JP JPY 149 Asia/Tokyo", 6, "Osaka, Sendai, Nagoya",
          "Haruka Kenji Yui Takumi", "Sato Nakamura Fujita Okada"),
    _land("CN CNY 7.1 Asia/Shanghai", 9, "Chengdu, Wuhan, Xiamen",
          "王 李 张 陈 刘 赵", "芳 伟 静 志强 晓雨 明"),
    _land("CA CAD 1.35 America/Toronto", 6, "Halifax, Calgary, Ottawa",
          "Émilie Graham Sunita Liam", "Tremblay MacLeod Gill Fraser"),
    _land("AU AUD 1.52 Australia/Sydney", 6, "Adelaide, Hobart, Perth",
          "Bronte Lachlan Mei Oliver", "Nguyen Sullivan Walsh Carter"),
    _land("KW KWD 0.31 Asia/Kuwait", 1, "Hawalli", "Dalal Yousef", "Al-Sabah Al-Mutairi"),
)  # fmt: skip


def full_name(land: Land, first: str, last: str) -> str:
    """A buyer's name as written where he lives."""
    return f"{first}{last}" if land.country == "CN" else f"{first} {last}"
