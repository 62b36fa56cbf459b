"""What the client of Maskinporten and Altinn consists of: keys, calls, answers and faults."""
