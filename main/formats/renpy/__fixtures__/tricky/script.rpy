# A game of nothing but hard cases. Every text in it is meant for tests of the format.
"Before any label."
"Before any label."

define e = Character("Eileen", color="#c8ffc8", image="eileen")
define l = Character(_("Lucy \"Lu\" Liu"))
define n = Character("Nora", kind=nvl)
define nn = Character(kind=n)
define d = DynamicCharacter("player_name")
define u = Character(None)
define gui.about = _p("""
    These two lines
    are joined.

    This one stands alone.{p}
    And this follows.
    """)
default player_name = "Pat"
default __private = 3
default points = 2
image eileen happy = "#f00"
image eileen sad = "#00f"
image bg:
    "#000"
    pause 1.0
    "#111"
    repeat

init python:
    def tell(text, *args):
        """ A text with _("marked in a docstring"). """
        return text # _("not in a comment")

    words = [ _("one"), _( 'two' ), __("three"), _(u"four"), _("one") ]
    other = { "a" : _("fi" "ve"), 'b' : _("s\x69x\tsi\u00e9\"\\ 'end'"), "c": _("multi\
line"), "d": _('it\'s "quoted"') }
    foo_("not marked") if False else None
    long = _("""Three "quotes" here
and a second line""")

    def foo_(text):
        return text

init offset = 1

screen panel(title=_("Title")):
    vbox:
        text _("Screen text [points] %") substitute True
        textbutton _("Click me") action Return(_("Inside " "two"))
        text "not marked"

label start:
    e "Plain."
    e happy "With an attribute."
    e happy -sad @ sad "With temporary attributes."
    e @ happy "Only temporary."
    e "With a transition." with dissolve
    e "With arguments." (what_color="#fff", who_size=12)
    e "With all." nointeract id explicit_name (what_color="#fff") with Dissolve(.5)
    e "Plain."
    e "Plain."
    "Eileen" "A string speaks."
    'Single \'quoted\' "inside".'
    `Back "ticks" and 'ticks'.`
    r"Raw \n \" [[ text"
    e "Escapes: \" \' \\ \n \% \{ \[ \u00e9 \u3042."
    e "Two  spaces fold, \ these \ \ stay."
    e "A line that
       goes on below   it
    and ends."
    e "Ideographic　space, no-break space, thin space."
    e "{b}Tags{/b} [points!t] [player_name] {{ [[ %(player_name)s 100%%."
    e "Private [__private] and [points.__x]."
    e ""
    extend " More."
    extend ""
    centered "In the middle."
    u "No name."
    d "A name that changes."
    "# not a comment" # but this is "one"
    e "Hash # inside." # e "comment"
    e "日本語と絵文字😀。"
    (e) "An expression speaks."
    e . __class__ "Spaces around the dot."

label voices:
    voice "a.ogg"
    e "Voiced."
    voice "b.ogg"   # with a comment
    e "Voiced with spaces."
    voice sustain
    "Sustained."
    nvl clear
    n "After a clear."
    nvl clear
    voice "c.ogg"
    n "Two commands."
    nvl clear
    jump after

label after:
    voice "d.ogg"
    if points > 1:
        e "In the branch."
    elif points == 1:
        e "In the other."
        voice "e.ogg"
    else:
        "In the last."
    while points < 3:
        $ points += 1
        e "Counting [points]."
    nvl clear
    init offset = 2
    n "The offset does not part them."
    call sub from _call_sub
    e "After a call."
    e "After a call."
    call sub(1, "x") from after_named
    e "After a named call."
    call expression "sub" pass (2, y=_("passed"))
    e "After an expression."
    jump monologues

label sub(x=1, *args, y="z", **kwargs):
    e "In a sub."
    return

label _hidden_name:
    e "Below an underscore."

label hidden hide:
    e "Below a hidden label."

label outer:
    e "Outer."
    label .inner:
        e "Inner."
    label outer.second:
        e "Second inner."
    jump .inner

label monologues:
    e """
    First paragraph
    on two lines.

    Second \"paragraph\" here.


    {clear}

    Third.
    """
    """Alone, without a speaker."""
    n happy '''
    With an attribute.

    And another.
    ''' (what_size=12)
    rpy monologue single
    e """
    One line.
    Two lines.
    """
    rpy monologue double
    jump menus

label menus:
    menu:
        "A caption"
        "First choice":
            e "First chosen."
        "Second choice" if points > 1:
            e "Second chosen."
        "Third (50%%)" (badge="x") if points:
            pass
    menu named_menu:
        with dissolve
        set seen
        e happy "Said in the menu." (what_color="#000")
        "Choice \"quoted\" {b}[points]{/b}" :
            menu:
                "Inner"   :
                    e "Deep."
                    voice "f.ogg"
        'Single quoted':
            pass
        "one":
            pass
    menu (screen="choice"):
        "First choice":
            pass
    e "After the menu."
    default seen = set()
    return

translate None strings:
    old "none old"
    new "none new"

translate other menus_deadbeef:
    # e "Old."
    e "Other."
