"""Grammar: text becomes a syntax tree, or an error in the words of Twilio's parser."""
