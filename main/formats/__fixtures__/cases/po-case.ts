import fc from 'fast-check';
import { po } from '../../po/format.ts';
import type { FormatCase } from '../format-case.ts';

const header = `# A translation.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

`;

export const poCase: FormatCase = {
  name: 'po',
  format: po,
  path: 'locale/de.po',
  text: `${header}# From a translator
#. To translators
#: game/script.rpy:12 game/other.rpy:3
msgid "Hello"
msgstr "Hallo"

#, fuzzy, c-format
#| msgid "Good-bye"
msgctxt "menu"
msgid "Bye %s"
msgstr "Tschüs %s"

msgid ""
"Two\\n"
"lines with \\"quotes\\"\\n"
msgstr ""

msgid "one file"
msgid_plural "%d files"
msgstr[0] "eine Datei"
msgstr[1] ""

#~ msgid "Old"
#~ msgstr "Alt"

msgid "Last" msgstr_is_not_here
`.replace('msgid "Last" msgstr_is_not_here\n', 'msgctxt "menu"\nmsgid "Last"\nmsgstr "" "Letz" "te"\n'),
  units: [
    {
      key: 'Hello',
      source: 'Hello',
      target: 'Hallo',
      note: 'From a translator\nTo translators',
      scene: 'game/script.rpy',
    },
    { key: 'menu\u0004Bye %s', source: 'Bye %s', target: 'Tschüs %s', fuzzy: true },
    { key: 'Two\nlines with "quotes"\n', source: 'Two\nlines with "quotes"\n' },
    { key: 'one file[0]', source: 'one file', target: 'eine Datei' },
    { key: 'one file[1]', source: '%d files' },
    { key: 'menu\u0004Last', source: 'Last', target: 'Letzte' },
  ],
  encodings: [],
  insertion: { before: '#~ msgid', lines: 'msgid "Inserted"\nmsgstr ""\n\n' },
  broken: [
    { text: `${header}msgid "a"\nmsgstr "b\n`, line: 8 },
    { text: `${header}msgid "a"\nmsgid "b"\nmsgstr "c"\n`, line: 8 },
    { text: `${header}msgstr "b"\n`, line: 7 },
    { text: `${header}# c\n"b"\n`, line: 8 },
    { text: `${header}msgid "a"\n`, line: 8 },
    { text: `${header}msgid "a"\nmsgstr[0] "b"\n`, line: 8 },
    { text: `${header}msgid "a"\nmsgstr "\\q"\n`, line: 8 },
    { text: `${header}msgid "a"\nmsgstr "b"\nmsgstr "c"\n`, line: 9 },
    { text: `${header}hello\n`, line: 7 },
  ],
  files: fc
    .array(
      fc.constantFrom(
        'msgid "a"\nmsgstr "b"\n',
        'msgid "x\\n"\nmsgstr ""\n"y\\n"\n',
        'msgctxt "c"\nmsgid "a"\nmsgstr ""\n',
        'msgid "p"\nmsgid_plural "q"\nmsgstr[0] ""\nmsgstr[1] "r"\n',
        '#, fuzzy\n',
        '#, fuzzy, c-format\r\n',
        '# c\n',
        '#~ msgid "o"\n',
        '\n',
        '"s"\n',
        'msgid "',
        '\\',
      ),
      { maxLength: 12 },
    )
    .map((parts) => header + parts.join('')),
  // A translation gets the line breaks of the msgid at both ends, as msgfmt requires.
  normalize: (text) => text.replace(/^\n+|\n+$/g, ''),
};
