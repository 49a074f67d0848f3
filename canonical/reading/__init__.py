"""Files become tables here, structure before content, nothing repaired; what is wrong in a cell is asked elsewhere."""
