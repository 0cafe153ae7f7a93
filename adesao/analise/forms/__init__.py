"""What INSS types. The fields of each form are the arguments of its service."""
