"""The chart of accounts and the places of goods, by the codes of the Chinese accounting system."""

from __future__ import annotations

from kac.core.i18n import N_

CASH = "1001"
BANK = "1002"
UNVERIFIED = "1012"
CHEQUES = "101201"
WECHAT = "101202"
ALIPAY = "101203"
CARD_TERMINAL = "101204"
RECEIVABLE = "1122"
INVENTORY = "1405"
RETURNED_GOODS = "140501"
SHIPPED = "1406"
COUNT_DIFFERENCES = "1901"
CARDS_OWED = "112201"
GOODS_OWED = "112202"
CARRIED = "122101"
IN_CUSTODY = "122102"
OWED_BY_OFFICES = "122103"
PAYABLE = "2202"
CUSTOMER_DEPOSITS = "2203"
CAMPAIGN_DEPOSITS = "220301"
CARD_LIABILITY = "2205"
SECURITY_DEPOSITS = "224101"
CARDS_TO_REFUND = "224102"
CHARGED_TO_OFFICES = "224103"
GOODS_TO_REFUND = "224104"
OPENING = "4199"
REVENUE = "6001"
COST_OF_SALES = "6401"
SELLING_COSTS = "6601"
FINANCE_COSTS = "6603"
SCRAPPED_GOODS = "6711"

ACCOUNTS = {
    CASH: N_("cash on hand"),
    BANK: N_("bank deposits"),
    UNVERIFIED: N_("money received, not yet verified"),
    CHEQUES: N_("cheques not cleared yet"),
    WECHAT: N_("WeChat merchant account"),
    ALIPAY: N_("Alipay merchant account"),
    CARD_TERMINAL: N_("card terminal, not paid out yet"),
    RECEIVABLE: N_("owed by customers"),
    INVENTORY: N_("goods in stock"),
    RETURNED_GOODS: N_("goods come back, not judged yet"),
    SHIPPED: N_("goods on their way"),
    COUNT_DIFFERENCES: N_("count differences"),
    CARDS_OWED: N_("owed by customers for gift cards"),
    GOODS_OWED: N_("owed by customers for wholesale goods"),
    CARRIED: N_("money carried by business managers"),
    IN_CUSTODY: N_("money in the department's custody"),
    OWED_BY_OFFICES: N_("goods accounts of sales offices"),
    PAYABLE: N_("owed to suppliers for goods"),
    CUSTOMER_DEPOSITS: N_("received from customers in advance"),
    CAMPAIGN_DEPOSITS: N_("deposits of homeowners in campaigns"),
    SECURITY_DEPOSITS: N_("security deposits held"),
    CARDS_TO_REFUND: N_("owed back for cards that were paid for"),
    CHARGED_TO_OFFICES: N_("goods charged to sales offices"),
    GOODS_TO_REFUND: N_("owed back for wholesale goods that were paid for"),
    CARD_LIABILITY: N_("gift cards in customers' hands"),
    OPENING: N_("opening balances taken over"),
    REVENUE: N_("sales"),
    COST_OF_SALES: N_("cost of goods sold"),
    SELLING_COSTS: N_("costs of selling"),
    FINANCE_COSTS: N_("bank charges and other costs of money"),
    SCRAPPED_GOODS: N_("goods scrapped"),
}

# Places that are no location: goods come from suppliers or a count, travel, and end at customers;
# what comes back from them waits to be judged, and is thrown away where it is good for nothing.
SUPPLIER = "@supplier"
COUNTED = "@counted"
ROAD = "@road"
TRANSIT = "@transit"
CUSTOMER = "@customer"
RETURNED = "@returned"
SCRAPPED = "@scrapped"
