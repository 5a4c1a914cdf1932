"""Cheques (支票): taken, the seal compared, presented, cleared or bounced."""
