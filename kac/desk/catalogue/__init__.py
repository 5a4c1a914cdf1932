"""The catalogue (商品): what is sold, what it costs and what it lists for."""
