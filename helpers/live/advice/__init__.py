"""Advice on what a learner meets at Twilio: error responses, no answer at all, the host of the kernel, and Flex."""
