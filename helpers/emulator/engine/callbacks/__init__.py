"""What TaskRouter tells an application, and how the reply is read."""
