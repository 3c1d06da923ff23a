"""What the operator sells: products, offers, tariffs, assumptions and taxes, as frozen and validated data.

Knows tariffs and money; never a customer, a scenario or a file format (`importing.pricebooks` reads the folder).
"""

from roi_tool.pricebook.assumption import Assumption, TaxRule, TypicalCall
from roi_tool.pricebook.book import REQUIRED_ASSUMPTIONS, PriceBook, check_price_book
from roi_tool.pricebook.cost_item import SERVICES, CostItem
from roi_tool.pricebook.offer import CostName, ItemSet, Offer, OfferItem, PbxRole, Per, SipWay
from roi_tool.pricebook.product import Product, ProductUnit

__all__ = [
    "REQUIRED_ASSUMPTIONS",
    "SERVICES",
    "Assumption",
    "CostItem",
    "CostName",
    "ItemSet",
    "Offer",
    "OfferItem",
    "PbxRole",
    "Per",
    "PriceBook",
    "Product",
    "ProductUnit",
    "SipWay",
    "TaxRule",
    "TypicalCall",
    "check_price_book",
]
