"Before any label."

label aside:
    part one:
        e "Inside a statement of the game."
        cue card 12
        e "With a cue."
    cue card 13
    "After a part."
    e "Plain."
    show screen panel(_("Passed to a screen"))
    $ renpy.notify(_("In one line"))
    return
