python early:
    def parse_part(l):
        name = l.require(l.name)
        l.require(':')
        l.expect_eol()
        return name

    renpy.register_statement("part", parse=parse_part, next=lambda name, first: first, block="script")
    renpy.register_statement("cue card", parse=lambda l: l.rest(), translatable=True)
