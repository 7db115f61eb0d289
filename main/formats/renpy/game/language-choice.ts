import type { NewFile } from '../../define.ts';

const MARK = '# Written by ComfyVN LLM Panel: lets the player choose a language.';

/** Placed in the folder of the game's scripts, under a name that no game uses. */
const NAME = 'comfyvn_language_choice.rpy';

const SCRIPT = `${MARK}
#
# It adds buttons to the preferences and the main menu, and changes no file of the game. Delete it, and nothing else of
# the translation is lost. To place the choice yourself, delete it and add lines like these to a menu of the game, in
# most games "screen preferences" in screens.rpy:
#
#     textbutton "English" action Language(None)
#     textbutton "{BUTTON}" action Language("{LANGUAGE}")
#
# To make a language the one that the game begins with, add this line to any script:
#
#     define config.default_language = "{LANGUAGE}"

screen comfyvn_language_choice():

    zorder 1000

    if renpy.get_screen("preferences") or renpy.get_screen("main_menu"):

        frame:
            align (1.0, 0.0)

            hbox:
                spacing 10
                box_wrap True

                textbutton "Original" action Language(None)

                for comfyvn_language in sorted(renpy.known_languages()):
                    textbutton comfyvn_language.replace("_", " ").title() action Language(comfyvn_language)

init python:

    # Screens that are always shown came with Ren'Py 7; older versions show it during the game.
    if hasattr(renpy.config, "always_shown_screens"):
        config.always_shown_screens.append("comfyvn_language_choice")
    else:
        config.overlay_screens.append("comfyvn_language_choice")
`;

/**
 * A script that lets the player choose a language of the game.
 * @param root the game's folder, with a slash at its end
 * @returns null if the game has another script of that name
 */
export function languageChoiceFile(
  root: string,
  language: string,
  sources: readonly { path: string; bytes: Uint8Array }[],
): NewFile | null {
  const path = root + NAME;
  const own = sources.find((source) => source.path === path);
  if (own !== undefined && !new TextDecoder().decode(own.bytes).includes(MARK)) return null;
  const button = language.replace(/(?:^|_)([a-z])/gu, (whole) => whole.replace('_', ' ').toUpperCase());
  const text = SCRIPT.replaceAll('{BUTTON}', button).replaceAll('{LANGUAGE}', language);
  return { path, bytes: new TextEncoder().encode(text) };
}
