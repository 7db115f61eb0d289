/** The reference page's only style; its hash is in the page's policy. */
export const docsStyle = `
:root { color-scheme: light dark; --text: #1c1b22; --muted: #5d5a68; --back: #fbfaf8; --card: #fff; --line: #dfdbe4; --accent: #6a3fb5; --code: #f3f0f7; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ece9f2; --muted: #a9a4b8; --back: #17151d; --card: #1f1c27; --line: #383344; --accent: #c0a2f5; --code: #282433; }
}
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; color: var(--text); background: var(--back); display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); font-size: 13px; }
nav h2 { font-size: 12px; margin: 1.2rem 0 .3rem; color: var(--muted); font-weight: 600; }
nav a { display: block; padding: .1rem 0; overflow-wrap: anywhere; }
main { padding: 2rem 2.5rem 6rem; max-width: 64rem; }
a { color: var(--accent); text-decoration: none; } a:hover, a:focus-visible { text-decoration: underline; }
h1 { margin: 0 0 .5rem; font-size: 1.7rem; } h2 { margin: 2.5rem 0 .5rem; } h4 { margin: 1.1rem 0 .3rem; font-size: .9rem; }
p { margin: .4rem 0; max-width: 46rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.2rem; margin: .9rem 0; scroll-margin-top: 1rem; }
section h3 { margin: 0; font: 600 15px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
pre { background: var(--code); padding: .7rem .9rem; border-radius: 6px; overflow: auto; margin: .3rem 0; }
.method { display: inline-block; min-width: 4.2em; color: var(--accent); }
.muted { color: var(--muted); }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--muted); }
td, th { padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 0; }
td:first-child { white-space: nowrap; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--accent); }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 1rem; } td:first-child { white-space: normal; } }
`;
