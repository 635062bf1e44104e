"""A made-up town in numpy: what an order of offers does to who is contacted. Not a forecast."""
