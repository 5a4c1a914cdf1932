"""Working days (工作日): the calendar of public holidays and of the days that make up for them."""
