define config.name = _("Tricky")
define gui.text = [
    _("one"),   # this text stands in script.rpy too
    _("In brackets, \
continued"),
    ]
