"""What to do about a finding, in Chinese, by the words that the checks use."""

from __future__ import annotations

__all__ = ["FIXES"]

FIXES = {
    "look which of the amounts the seller charges, in a second list or beside machines of its family; until then "
    "the price is unstable": "从另一份价目表或同系列机型查明销售方实际收取哪个金额；在此之前该价格视为不稳定",
    "look which of the two the seller charged; correct the other in the list it comes from":
    "查明销售方当时收取的是哪一个；另一个请在其所属的价目表中更正",
    "look up the machine in that region; report the slip to the list": "查询该地域的该机型；将差错告知价目表的维护者",
    "look whether the list gave it the price of another size, or a digit more or less; report the slip to the list":
    "查看价目表是否误用了另一规格的价格，或多一位、少一位数字；将差错告知价目表的维护者",
    "take the list's item without Windows; upstreams that read either of two items give now one, now the other":
    "取价目表中不含 Windows 的条目；上游若在两个条目间任取其一，会时而给出这个，时而给出那个",
    "nothing to mend where the list took the price out and put it back; fill no gap by hand":
    "若价目表曾撤下又恢复该价格，则无需处理；不要手工填补空缺",
    "look for exchanged columns or a missing digit in the list": "查看价目表是否列位颠倒或缺一位数字",
    "compare the unit each source prints its prices in with the seller's own page":
    "将各来源所用的计价单位与销售方自己的页面核对",
    "read the unit of the list again; where the price is right, widen data/price_bounds.csv and name its source":
    "重新核对价目表的单位；若价格无误，则放宽 data/price_bounds.csv 并注明来源",
    "look whether the seller marks up, gives another tier or hour, or whether the list is wrong or stale":
    "查看销售方是否加价、适用其他档位或时段，或价目表有误或过时",
    "look which of the two the seller charges, and report the other key to the list":
    "查明销售方收取的是哪一个，并将另一个键告知价目表的维护者",
    "read the unit of the list again; report the slip to the list where the seller's own page shows another price":
    "重新核对价目表的单位；若销售方自己的页面另有价格，则将差错告知价目表的维护者",
    "give the price to the seller that the list names, or correct the maker":
    "将该价格归于价目表所列的销售方，或更正模型的开发方",
    "read the earlier row as ended by this one; type its valid_to where the source prints it":
    "视前一行止于本行之始；来源写明截止日的，录入 valid_to",
    "type the decimals that the numbers really have in column decimals, by a correction where the row is a print":
    "在 decimals 列录入数字真正的小数位数；该行为原文的，以更正方式录入",
    "check the rate, both levels and their periods in the source; if the base was recast, give it its perimeter":
    "在来源中核对增速、两个绝对额及其期间；若基期经过重述，为其注明口径",
    "check whose number it is; put a wrong label right in corrections, column entity_id":
    "查明数字属于哪个主体；标签有误的，在 corrections 表的 entity_id 列更正",
    "check the longer period and each shorter one in the source, and whether the year is fiscal or calendar":
    "在来源中核对较长期间与各较短期间，以及年度是财年还是日历年",
    "check which entity the source speaks of: the group, the segment or one product":
    "查明来源所指的主体：集团、分部还是单个产品",
    "check the period of each in the source; put a wrong period right in corrections":
    "在来源中核对各自的期间；期间有误的，在 corrections 表更正",
    "check the sources; give a different basis, perimeter or metric its own code, or correct the wrong print":
    "核对各来源；基准、口径或指标不同的，各用自己的代码，否则更正有误的数字",
    "correct it, or name the span it is taken from in period_type and period_end":
    "予以更正，或在 period_type 与 period_end 注明所取的区间",
    "check the digits and the period in the source": "在来源中核对数字与期间",
    "check margin, profit and revenue in the source: the period, the adjustment and the entity of each":
    "在来源中核对利润率、利润与收入各自的期间、调整与主体",
    "check the unit and the digits in the source": "在来源中核对单位与数字",
    "check both rates and their period in the source": "在来源中核对两个增速及其期间",
    "check the parts and the parent in the source; an entity that leaves something out has no name in axes":
    "在来源中核对各部分与上级；未涵盖全部内容的主体不应列入 axes",
    "take the segments from the other column, or give them the period they are about":
    "改取另一列的分部数字，或为其注明所属期间",
    "add the break to entity_breaks where the entity was recast, or correct the wrong print":
    "主体经过重述的，在 entity_breaks 中添加断点；否则更正有误的数字",
    "check the parts and the whole in the source, and whether they belong to one axis, entity and period":
    "在来源中核对部分与整体，以及二者是否属于同一维度、主体与期间",
    "check which definition each print follows": "查明每个数字采用的定义",
    "check the rate, both levels and their periods; add the recast base where the source prints it":
    "核对增速、两个绝对额及其期间；来源给出重述后基期的，予以补充",
    "check both places in the source: entity, metric, basis and period of each":
    "在来源中核对两处各自的主体、指标、基准与期间",
    "drop the tracking words; name the commit in the address of a repository":
    "去掉地址中的跟踪参数；代码仓库的地址应指明提交",
    "keep one source, give its rows to it, and delete the other": "保留一个来源，将各行归于它，并删除另一个",
    "check the prints; with more decimals the claim may hold, else it is a slip of the text":
    "核对各数字；若有更多小数位，该说法或可成立，否则为文字差错",
    "find out which name is right, from another source if need be, and put the other right in corrections":
    "查明哪个名称正确，必要时参考其他来源，并在 corrections 表更正另一个",
    "nothing, where the company does both; else correct the link": "公司两者兼营的，无需处理；否则更正该关系",
}  # fmt: skip
