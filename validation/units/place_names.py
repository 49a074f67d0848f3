"""Places that stand in the codes and names of regions, with the country of each: words without blanks, lower case."""

from __future__ import annotations

__all__ = ["COMPASS", "OTHER_WORDS", "PLACES", "TOKENS"]

COMPASS = ("northeast", "northwest", "southeast", "southwest", "north", "south", "east", "west", "central", "middle")
OTHER_WORDS = (
    "asia", "pacific", "europe", "africa", "america", "northamerica", "southamerica", "oceania", "jio", "gov", "iso",
    "isob", "isoe", "isof", "eusc", "dcc", "sovereign", "local", "zone",
)  # fmt: skip
"""Words that name no country."""
TOKENS = {
    "us": "US", "ca": "CA", "uk": "GB", "il": "IL", "mx": "MX", "ru": "RU", "tr": "TR", "my": "MY", "ae": "AE",
    "uae": "AE", "usa": "US",
}  # fmt: skip
"""Short words that begin or end a code, of one country each; cn, eu, sa and na name more than one, or none."""
_BY_COUNTRY = {
    "AE": "dubai abudhabi alain", "AT": "austria vienna", "AU": "australia sydney melbourne canberra perth brisbane",
    "BD": "gazipur dhaka", "BE": "belgium brussels", "BH": "bahrain", "BR": "brazil saopaulo vinhedo riodejaneiro",
    "CA": "canada toronto montreal calgary quebec", "CH": "switzerland zurich geneva crissier",
    "CL": "chile santiago valparaiso",
    "CN": "china beijing shanghai hangzhou shenzhen guangzhou chengdu qingdao nanjing wuhan heyuan huhehaote hohhot "
    "fuzhou zhangjiakou wulanchabu ulanqab guiyang ningxia ningbo",
    "CO": "colombia bogota", "DE": "germany frankfurt berlin brandenburg munich", "DK": "denmark copenhagen",
    "EG": "egypt cairo", "ES": "spain madrid", "FI": "finland helsinki hamina", "FR": "france paris marseille",
    "GB": "unitedkingdom london cardiff newport", "HK": "hongkong", "HU": "hungary budapest",
    "ID": "indonesia jakarta batam", "IE": "ireland dublin", "IL": "israel telaviv jerusalem",
    "IN": "india mumbai hyderabad delhi pune chennai", "IT": "italy milan turin rome",
    "JP": "japan tokyo osaka chiyoda ibaraki", "KR": "korea seoul chuncheon suwon busan",
    "MA": "morocco casablanca", "MX": "mexico queretaro monterrey", "MY": "malaysia kualalumpur kulai johor",
    "NL": "netherlands amsterdam eemshaven", "NO": "norway oslo stavanger", "NZ": "newzealand auckland",
    "OM": "oman muscat ibri", "PH": "philippines manila", "PL": "poland warsaw", "QA": "qatar doha alrayyan",
    "RS": "serbia jovanovac", "RU": "russia moscow", "SA": "saudiarabia riyadh jeddah dammam", "SE": "sweden stockholm",
    "SG": "singapore", "TH": "thailand bangkok", "TR": "turkey istanbul", "TW": "taiwan taipei changhua",
    "US": "virginia ohio oregon california iowa texas utah nevada phoenix chicago ashburn sanjose saltlake newark "
    "losangeles lasvegas dallas columbus siliconvalley",
    "ZA": "southafrica capetown johannesburg",
}  # fmt: skip
PLACES = {word: country for country, words in _BY_COUNTRY.items() for word in words.split()}
"""The country of each place."""
