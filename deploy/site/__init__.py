"""What is built from this project for others: the lessons as a static web site."""
