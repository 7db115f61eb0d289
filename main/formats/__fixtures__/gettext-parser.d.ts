/** The library has no types. These are the parts that the tests use. */
declare module 'gettext-parser' {
  interface Entry {
    msgid: string;
    msgid_plural?: string;
    msgctxt?: string;
    msgstr: string[];
  }
  interface Catalogue {
    charset: string;
    headers: Record<string, string>;
    translations: Record<string, Record<string, Entry>>;
  }
  export const po: {
    parse(bytes: Buffer): Catalogue;
    compile(catalogue: Catalogue): Buffer;
  };
}
