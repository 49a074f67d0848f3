"""What a number is: schemas, texts, intervals, printed words, periods, units; nothing here knows a room above."""

from canonical.interrupt import quiet_start

quiet_start()
