"""What to do about a finding, in Chinese, by the words that the checks use."""

from __future__ import annotations

__all__ = ["FIXES"]

FIXES = {
    "check the digits, and which currency is the base": "核对数字，以及哪种货币是基准",
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
    "look up the price on the seller's page of that day; report the stale or wrong one to the list":
    "查阅销售方页面当日的价格；将过时或有误的一个告知价目表的维护者",
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
    "type the link that names the company, or delete the company": "录入列出该公司的关系，或删除该公司",
    "check the unit and the metric; widen plausible_min or plausible_max where the number is right":
    "核对单位与指标；数字无误的，放宽 plausible_min 或 plausible_max",
    "drop the sign, or give the row the measure or metric it is about": "去掉符号，或改为该行实际所述的度量或指标",
    "check the unit of the share and what it is a share of": "核对占比的单位及其所占的整体",
    "give the row the unit that the source prints, or the metric of that unit":
    "改用来源所写的单位，或采用该单位的指标",
    "check both ends in the source; ends that belong to different items are a spread":
    "在来源中核对两端；两端属于不同项目的，应记为 spread",
    "check the item and both ends of the spread": "核对项目及其范围的两端",
    "type the cell as the text says it, or correct the text": "按引文录入该单元格，或更正引文",
    "correct period_end or period_type, or type the words that stand beside the number":
    "更正 period_end 或 period_type，或录入数字旁的原文",
    "read the label with the entity's fiscal year; correct period_end or period_type":
    "按该主体的财年理解期间写法；更正 period_end 或 period_type",
    "correct period_end, give the row period_type window or instant, or declare the entity's fiscal_year_end_rule":
    "更正 period_end，或将 period_type 改为 window 或 instant，或为该主体声明 fiscal_year_end_rule",
    "correct period_end, or the entity's fiscal_year_end_month": "更正 period_end 或该主体的 fiscal_year_end_month",
    "correct period_type, or choose the metric that is about a span": "更正 period_type，或改用关于一段时间的指标",
    "correct period_end, the claim status, or the source's date": "更正 period_end、陈述性质或来源日期",
    "correct the year of period_end, or the source's date": "更正 period_end 的年份，或来源日期",
    "correct the claim status, period_end, or the source's date": "更正陈述性质、period_end 或来源日期",
    "check unit, period and metric of the guidance and of the result": "核对指引与结果各自的单位、期间与指标",
    "check the points, and what they are points of": "核对百分点及其所指",
    "check the share, the part and the whole in the source, and what the share is a share of":
    "在来源中核对占比、部分与整体，以及占比所占的是什么",
    "check profit and revenue in the source; widen the margin's plausible range where both are right":
    "在来源中核对利润与收入；两者无误的，放宽该利润率的合理范围",
    "check the aggregate, its list of members at that date, and each member's number":
    "核对合计、该日的成员名单及各成员的数字",
    "check whose number it is, and what it counts": "查明数字属于哪个主体、所计为何",
    "correct entity_id or source_id": "更正 entity_id 或 source_id",
    "check the currency of the print": "核对原文数字的币种",
    "take the quarter by difference, or give the row the period the figure is about":
    "以差额求得单季，或为该行注明数字所属的期间",
    "check both counts and the quarter each is counted to": "核对两次计数及各自截至的季度",
    "check the count and the growth printed for the quarter": "核对计数与该季度的原文增速",
    "check the claim and the prints it speaks of in the source": "在来源中核对该说法及其所指的数字",
    "check the claim, the rank and the ranking each is taken from": "核对该说法、名次及各自所依据的排名",
    "file the row under the entity or breakdown that its label names, or add a key with a definition for it":
    "将该行归入标签所指的主体或细分，或为其新增带定义的键",
    "type the cell as the words of the page say it, or correct the text": "按页面文字录入该单元格，或更正引文",
    "file the row under the metric that its label names, or correct the label": "将该行归入标签所指的指标，或更正标签",
    "name the stating document in source_id and the copy in via_source_id, or empty via_source_id":
    "在 source_id 写陈述数字的文件，在 via_source_id 写副本，或清空 via_source_id",
    "give the row of the copy the document as source_id and the copy as via_source_id":
    "副本所在行以文件为 source_id、以副本为 via_source_id",
    "delete one of the two rows, or give each its own locator": "删除两行之一，或为各自写明位置",
    "write the place as p:, list:, table:, row:, col:, page: or figure: with what counts it":
    "位置写作 p:、list:、table:、row:、col:、page: 或 figure:，并附计数依据",
    "delete the correction, or bring it up to what the row says": "删除该更正，或使其与该行一致",
    "name the copy that was read in via_source_id, or the document it is a copy of in source_id":
    "在 via_source_id 写实际读到的副本，或在 source_id 写其原件",
    "correct period_end, or name the document that states the number": "更正 period_end，或写明陈述该数字的文件",
    "check what each column of the line counts, and file both under one metric, part and basis":
    "查明该行各列所计为何，并归入同一指标、细分与基础",
    "file the row as the other rows of the line are, or say in its label what differs":
    "与同一行的其他数字同样归类，或在标签中写明差别",
    "check the period in the source, and that the document named is the one that was read":
    "在来源中核对期间，并确认所列文件即实际读到的文件",
    "check the sign in the source: brackets, a minus, words such as loss or fell":
    "在来源中核对符号：括号、负号，或“亏损”“下降”等字样",
    "check in the source whether the rate is on the year or on the period before": "在来源中核对增速是同比还是环比",
    "check digits, period, entity and unit in the source; where they are right, add another print of the number":
    "在来源中核对数字、期间、主体与单位；均无误的，补充该数字的另一处原文",
    "check which definition the number follows; where it is a new one, add the number of the usual one beside it":
    "查明该数字采用的定义；若为新定义，另补一个按通常定义的数字",
    "check the currency of the column in the source": "在来源中核对该列的币种",
    "check unit, entity and metric in the source": "在来源中核对单位、主体与指标",
    "check both rates in the source, in constant currency and as reported, and the line that they are of":
    "在来源中核对固定汇率与报告口径的两个增速，以及它们所属的项目",
    "check in the source whether the rate is in constant currency, and type printed_text with the word":
    "在来源中核对该增速是否按固定汇率，并把带有该词的原文录入 printed_text",
    "check entity and metric in the source, or type printed_label": "在来源中核对主体与指标，或录入 printed_label",
    "check digits, unit, currency and line in the source; where they are right, add another print of the number":
    "在来源中核对数字、单位、币种与所在行；均无误的，补充该数字的另一处原文",
    "check in the source that the number is the growth rate, of this period and part":
    "在来源中核对该数字确为增速，且属于该期间与该部分",
    "check in the source whether the number is of the quarter, the year to date or the year, and in which unit":
    "在来源中核对该数字属于单季、年初至今还是全年，以及所用单位",
    "check in the source which part the number is of, and type it in breakdown_id":
    "在来源中查明该数字属于哪个部分，并录入 breakdown_id",
    "check in the source which part the number is of; type printed_label as the page prints it":
    "在来源中查明该数字属于哪个部分；按页面原样录入 printed_label",
    "check the sign of both prints, and which metric and definition each follows":
    "核对两处原文数字的符号，以及各自所属的指标与定义",
    "check which definition the number follows in each source": "查明该数字在各来源中采用的定义",
    "check which definition the number follows; capex itself stands for the reporter's own":
    "查明该数字采用的定义；capex 指公司自己的定义",
    "file the row under the definition that its label names, or correct the label": "按标签所指的定义归类，或更正标签",
    "take the number as the newer document prints it": "采用较新文件的数字",
    "type growth_yoy, or the period that the rate is of": "录入 growth_yoy，或录入增速所属的期间",
    "type the part in breakdown_id, or the market in of_entity_id; exchange entity_id and of_entity_id where the "
    "whole was typed as the part":
    "将部分录入 breakdown_id，或将市场录入 of_entity_id；整体与部分录反的，对调 entity_id 与 of_entity_id",
    "type the part that the table is of in breakdown_id": "将该表所属的部分录入 breakdown_id",
    "type printed_text as the page prints it, and the bound that its words say":
    "按页面原样录入 printed_text，并录入其用词所表示的界限",
    "check basis, metric, part and period of both prints; where both stand there, correct the wrong one":
    "核对两处原文数字的基础、指标、部分与期间；两处均如此印出的，更正其中错误的一处",
    "check digits, unit and entity in the source; where they are right, add another print of the number":
    "在来源中核对数字、单位与主体；均无误的，补充该数字的另一处原文",
    "check the currency in the source, and type printed_text with its sign or word":
    "在来源中核对币种，并按页面录入带币种符号或文字的 printed_text",
    "check the number and the revenue of its period in the source": "在来源中核对该数字及同期收入",
    "correct entity_id, or name the document that states the number": "更正 entity_id，或写明陈述该数字的文件",
    "type the period as the page names it in period_label, and its length in period_type":
    "在 period_label 按页面录入期间，在 period_type 录入其长度",
    "type the rate in percent, as the page prints it or a hundred times the ratio, and printed_text with its sign":
    "以百分数录入比率：按页面所印，或将比值乘以一百；并在 printed_text 录入百分号",
    "look for exchanged purchase options or a misplaced digit": "查看购买方式是否颠倒或数字错位",
    "read the price in the source again; report the slip to the list where it stands there":
    "在来源中重新核对该价格；若价目表中即如此，则将差错告知其维护者",
    "look up the machine in the vendor's list; the list may have left its disks out":
    "在厂商价目表中查询该机型；该清单可能漏计其磁盘",
    "look for a digit, a unit or the price of another model in the list; where the seller asks it, nothing is wrong":
    "查看价目表是否数字、单位有误或误用其他模型的价格；若销售方确如此定价，则无误",
    "look up the price on the page of either house; a list may have kept one that was changed long ago":
    "在两处官方页面查询该价格；价目表可能保留了早已变更的价格",
    "check the currency of the number in the source": "在来源中核对该数字的货币",
    "check the period in the source; where it is right, add the number of the document's own period beside it":
    "在来源中核对期间；若无误，请在旁补上该文件自身期间的数字",
    "check whose growth it is, of which part and period": "核对是谁的增速、属于哪个部分与哪个期间",
    "correct period_end and period_type, or the column or item that the locator names":
    "更正 period_end 与 period_type，或定位中所写的列或条目",
    "file the row as the other columns of the line are, or name in its locator the line that it stands in":
    "按同一行其他列的归类录入，或在定位中写明它实际所在的行",
    "name in source_id the document that the copy is of, or in via_source_id the copy that was read":
    "在 source_id 中写明副本所属的文件，或在 via_source_id 中写明所读的副本",
    "name the document that was read in source_id, or the place in this one in locator":
    "在 source_id 中写明所读的文件，或在 locator 中写明它在该文件中的位置",
    "type in evidence how the number was read, or say in the note what differs":
    "在 evidence 列录入该数字如何读得，或在 note 列说明有何不同",
    "name in via_source_id the copy that was read, or give the document in sources the address it was read at":
    "在 via_source_id 列写明所读的副本，或在 sources 表为该文件填上所读的网址",
    "empty perimeter_id, which filling gives, or name perimeter_id in assumed where it is a reading":
    "清空 perimeter_id，由填充给出；若属解读，则在 assumed 列注明 perimeter_id",
    "type in claim_status whether the reporter says so or a third party estimates it":
    "在 claim_status 列录明是披露方所述，还是第三方估计",
    "type the ends in printed_value and printed_value_to with the bound range, or correct the text":
    "在 printed_value 与 printed_value_to 录入两端，bound 为 range；或更正原文",
    "check the number and its unit at the place that the locator names, or name the place where it stands":
    "在 locator 所指的位置核对数字与单位，或写明它所在的位置",
    "type both ends of the range, or printed_text as the page prints the number":
    "录入区间两端，或按页面所印录入 printed_text",
    "type printed_text as the page prints it, or empty bound and precision_word where it has no word":
    "按页面所印录入 printed_text；页面没有界限词的，清空 bound 与 precision_word",
    "check digits and point in the source, and type printed_text as the page prints the number":
    "在来源中核对数字与小数点，并按页面所印录入 printed_text",
    "name in locator the line that the label stands in, or type the label of the line":
    "在 locator 写明标签所在的行，或录入该行的标签",
    "type the measure level, or difference_yoy with a unit of points":
    "measure 录入 level，或录入 difference_yoy 并用百分点单位",
    "check whether the result is adjusted or attributable to owners, and type printed_label with the word":
    "核对该利润是否经调整或归属于股东，并录入带有该词的 printed_label",
    "empty decimals, which filling counts, or correct the digits of the number":
    "清空 decimals，由填充计数；或更正数字",
    "look up the entry at its place in the list, and give its prices what it names":
    "在清单中查阅该条目，并按其所列录入各项价格",
    "look for exchanged tiers or a digit in the list; it may have kept the tier of a price that has changed":
    "查看阶梯是否颠倒或数字有误；价目表可能保留了已变价格的旧阶梯",
    "look whether the list still has this price; where it went with the others, type their last day":
    "查看价目表是否仍有此价格；若已与其余各项一并撤下，则录入同一截止日",
    "look up the price on the seller's page of those days; report the wrong or stale price to the list":
    "查阅销售方页面当时的价格；将有误或过时的一个告知价目表的维护者",
    "look up the machine on the vendor's page, or in a third list; report the wrong or stale price to the list":
    "在云厂商页面或第三份价目表中查询该机型；将有误或过时的价格告知价目表的维护者",
    "check the period in the source; where it is right, add the number of the document's main period beside it":
    "在来源中核对期间；若无误，请在旁补上该文件主要期间的数字",
    "check the number, its unit and currency, and the revenue of its period in the source":
    "在来源中核对该数字、其单位与货币，以及同期的收入",
}  # fmt: skip
