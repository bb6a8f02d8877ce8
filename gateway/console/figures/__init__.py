"""The figures of the oversight page, one module for each question that they answer."""
