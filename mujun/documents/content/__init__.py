"""What documents say: frozen classes of facts, one module for each document, checked when built. No layout here."""
