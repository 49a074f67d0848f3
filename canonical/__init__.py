"""What a number is: schemas, texts, intervals, printed words, periods, units; nothing here knows a room above."""
