"""From prints to one number per fact: headlines, vintages, growth, exchange; no file is written here."""
