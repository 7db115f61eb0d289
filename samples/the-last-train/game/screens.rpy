# The main menu of The Last Train.

define gui.about = _("A story of one night. Made to be translated.")

screen main_menu():
    tag menu

    vbox:
        xalign 0.5
        yalign 0.7
        spacing 12

        textbutton _("Start") action Start()
        textbutton _("Load") action ShowMenu("load")
        textbutton _("Quit") action Quit(confirm=False)
