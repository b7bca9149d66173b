"""Tables of recognition: other names of materials and parts, cautions, word lists."""
