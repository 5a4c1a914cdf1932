"""The worklist (待办): all gates of a document in one list, and what waits for whom."""
