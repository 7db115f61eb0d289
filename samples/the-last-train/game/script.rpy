# The Last Train: a tiny visual novel to try the translation with. CC0.

define m = Character("Mira", color="#8ab4f8")
define k = Character("Station Master Kuro", color="#f2c14e")

default player_name = "Sora"

label start:

    scene bg platform night
    with fade

    "Rain drums on the roof of Hoshimi Station."
    "The board says that the last train leaves at 23:40."

    show mira worried

    m "You came after all, [player_name]."
    m "I thought you would {i}never{/i} get my letter."
    "..."
    k "Tickets, please."
    m "He means the {b}silver{/b} ticket. Do you have it?"

    menu:
        "What will you do?"

        "Show the silver ticket":
            $ has_ticket = True
            jump on_board

        "Say that you lost it":
            $ has_ticket = False
            jump lost_ticket

label on_board:

    k "Very good. Car three, seats twelve and thirteen."
    m "Quick, before the doors close!{w} I will tell you everything on the way."
    "The Night Line pulls out of Hoshimi Station."
    jump ending

label lost_ticket:

    k "No ticket, no train. Those are the rules of the Night Line."
    m "Please, Station Master Kuro. Just this once."
    "..."
    k "Hmph.{p}Be quick about it, then."
    jump ending

label ending:

    scene bg train window
    with dissolve

    m "Look, [player_name]. You can see the whole town from up here."
    m "\"Don't look back,\" my grandmother used to say. I always did."
    "Somewhere behind the rain, a bell rings twice."
    "{size=+8}The End{/size}"

    return
