"""Simulasi kasir QRIS: a till on one phone, a buyer on another, or the computer as buyer."""
