"""From text to tree, or to an error in the words of Twilio's parser."""
