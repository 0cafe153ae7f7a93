"""What INSS does with an application."""
