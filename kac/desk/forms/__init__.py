"""Forms: the printed order form in its three copies, and what becomes of them when it is void."""
