"""Measurements that `ikrar bench` prints."""
