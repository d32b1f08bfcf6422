"""What is tested in a browser: a package, so that fixtures can last as long as it."""
