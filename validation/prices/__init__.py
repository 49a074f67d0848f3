"""The rules over prices of models and machines, each row against its neighbours, other sellers and lists."""
