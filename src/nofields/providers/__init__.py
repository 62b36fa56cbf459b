"""Test data for Faker, polyfactory and factory_boy."""
